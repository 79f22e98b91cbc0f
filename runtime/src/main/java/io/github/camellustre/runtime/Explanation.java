// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.camel.PropertyBindingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why Camel did not start, in words for the user. The stack trace is logged where DEBUG is. */
final class Explanation {
    private static final Logger LOG = LoggerFactory.getLogger(Explanation.class);

    private Explanation() {}

    static StartException of(Exception failure, Settings settings) {
        LOG.debug("the start failed", failure);
        Set<String> reasons = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PropertyBindingException binding && binding.getOptionKey() != null) {
                return option(binding, settings);
            }
            reasons.add(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        }
        return StartException.failed(String.join("\n  because: ", reasons), failure);
    }

    private static StartException option(PropertyBindingException binding, Settings settings) {
        String key = settings.keyLike(binding.getOptionKey());
        return StartException.usage((key == null ? "" : settings.origin(key) + ": ") + binding.getMessage());
    }
}

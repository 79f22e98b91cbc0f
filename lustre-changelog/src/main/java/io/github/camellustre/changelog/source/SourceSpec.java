// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A source as a user names it: {@code simulator:mdts=2,rate=0}.
 *
 * @param kind what a {@link ChangelogSourceProvider} answers to
 * @param options in the order in which they were written
 */
public record SourceSpec(String kind, Map<String, String> options) {

    public SourceSpec {
        options = Map.copyOf(options);
    }

    /**
     * Reads {@code KIND[:key=value,key=value]}. A value ends at the next comma: values that hold commas go in through
     * {@link #options} instead.
     */
    public static SourceSpec parse(String text) throws SourceException {
        int colon = text.indexOf(':');
        String kind = (colon < 0 ? text : text.substring(0, colon)).strip();
        if (kind.isEmpty()) {
            throw malformed(text, "it names no kind");
        }
        Map<String, String> options = new LinkedHashMap<>();
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        if (!rest.isBlank()) {
            for (String option : rest.split(",", -1)) {
                int equals = option.indexOf('=');
                String name = equals < 0 ? "" : option.substring(0, equals).strip();
                if (name.isEmpty()) {
                    throw malformed(text, "'" + option + "' is no key=value");
                }
                if (options.put(name, option.substring(equals + 1).strip()) != null) {
                    throw malformed(text, "'" + name + "' is given twice");
                }
            }
        }
        return new SourceSpec(kind, options);
    }

    /** Makes the source. */
    public ChangelogSource create() throws SourceException {
        return ChangelogSources.provider(kind).create(options);
    }

    private static SourceException malformed(String text, String problem) {
        return SourceException.fatal(
                "source '" + text + "' is not understood: " + problem + "; write KIND[:key=value,key=value], such as "
                        + "simulator:mdts=2,rate=0, where KIND is one of " + ChangelogSources.kinds(),
                null);
    }
}

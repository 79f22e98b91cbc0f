// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.CamelContextHelper;

/** A processor that a route author named, looked up when the first exchange comes. */
final class NamedProcessor implements Processor {
    private final String reference;
    private volatile Processor found;

    NamedProcessor(String reference) {
        this.reference = reference;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (found == null) {
            String name = CamelContextHelper.parseText(exchange.getContext(), reference);
            found = CamelContextHelper.mandatoryLookup(
                    exchange.getContext(), name.startsWith("#") ? name.substring(1) : name, Processor.class);
        }
        found.process(exchange);
    }
}

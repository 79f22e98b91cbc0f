// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Makes what is put into a queue hold its tokens by itself until it is done on the other side. */
final class QueuedHold implements Processor {

    @Override
    public void process(Exchange exchange) {
        HeldTokens tokens = HeldTokens.of(exchange);
        HeldTokens retained = tokens == null ? null : tokens.retained();
        if (retained != null) {
            exchange.getExchangeExtension().addOnCompletion(new TokenRelease(retained, true));
        }
    }
}

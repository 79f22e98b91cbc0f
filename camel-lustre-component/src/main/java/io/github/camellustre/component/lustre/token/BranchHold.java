// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes an exchange hold its tokens by itself until it is done: a branch that may outlive its EIP's time-out, or what is
 * put into a queue.
 */
final class BranchHold implements Processor {
    private final Processor then;
    private final boolean handover;

    /** @param then what the route author wanted done at this place, or null */
    BranchHold(Processor then, boolean handover) {
        this.then = then;
        this.handover = handover;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        HeldTokens tokens = HeldTokens.of(exchange);
        HeldTokens retained = tokens == null ? null : tokens.retained(false);
        if (retained != null) {
            exchange.getExchangeExtension().addOnCompletion(new TokenRelease(retained, handover));
        }
        if (then != null) {
            then.process(exchange);
        }
    }
}

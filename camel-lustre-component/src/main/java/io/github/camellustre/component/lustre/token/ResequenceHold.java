// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Stands before a resequencer, which ends the exchange that comes in and sends a copy later: the copy holds the tokens by
 * itself. If the resequencer refuses the exchange it forgets the copy, so the hold ends with the exchange then.
 */
final class ResequenceHold implements Processor {

    @Override
    public void process(Exchange exchange) {
        HeldTokens tokens = HeldTokens.of(exchange);
        HeldTokens retained = tokens == null ? null : tokens.retained();
        if (retained == null) {
            return;
        }
        TokenRelease release = new TokenRelease(retained, true);
        AtomicBoolean done = new AtomicBoolean();
        exchange.getExchangeExtension().addOnCompletion(new End(release, done, true));
        exchange.getExchangeExtension().addOnCompletion(new End(release, done, false));
    }

    /** Of the copy, or of what came in: the one that is not handed over counts only if it failed. */
    private static final class End extends SynchronizationAdapter {
        private final TokenRelease release;
        private final AtomicBoolean done;
        private final boolean ofCopy;

        End(TokenRelease release, AtomicBoolean done, boolean ofCopy) {
            this.release = release;
            this.done = done;
            this.ofCopy = ofCopy;
        }

        @Override
        public void onComplete(Exchange exchange) {
            if (ofCopy && done.compareAndSet(false, true)) {
                release.onComplete(exchange);
            }
        }

        @Override
        public void onFailure(Exchange exchange) {
            if (done.compareAndSet(false, true)) {
                release.onFailure(exchange);
            }
        }

        @Override
        public boolean allowHandover() {
            return ofCopy;
        }
    }
}

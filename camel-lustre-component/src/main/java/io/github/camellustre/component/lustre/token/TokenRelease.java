// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.GroupRelease;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.spi.SynchronizationVetoable;

/** Releases tokens when an exchange is done: with success, or as failed. */
final class TokenRelease implements SynchronizationVetoable {
    private final HeldTokens tokens;
    private final boolean handover;

    /** @param handover true if the tokens are to go along with a copy that is processed later, by a queue */
    TokenRelease(HeldTokens tokens, boolean handover) {
        this.tokens = tokens;
        this.handover = handover;
    }

    @Override
    public void onComplete(Exchange exchange) {
        if (isRolledBack(exchange)) {
            onFailure(exchange);
        } else {
            release(null);
        }
    }

    @Override
    public void onFailure(Exchange exchange) {
        failed(causeOf(exchange));
    }

    void failed(Throwable cause) {
        release(cause);
    }

    private void release(Throwable failure) {
        try (GroupRelease release = new GroupRelease(failure)) {
            tokens.forEach(release);
        }
    }

    /** Also if it was rolled back: the rollback EIP marks an exchange without failing it. */
    static boolean hasFailed(Exchange exchange) {
        return exchange.isFailed() || isRolledBack(exchange);
    }

    private static boolean isRolledBack(Exchange exchange) {
        return exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
    }

    static Throwable causeOf(Exchange exchange) {
        Throwable cause = exchange.getException();
        if (cause == null) {
            cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        }
        return cause == null ? new CamelExchangeException("the exchange failed without an exception", exchange) : cause;
    }

    @Override
    public boolean allowHandover() {
        return handover;
    }

    @Override
    public void beforeHandover(Exchange target) {
        // nothing to prepare: the tokens are retained already
    }
}

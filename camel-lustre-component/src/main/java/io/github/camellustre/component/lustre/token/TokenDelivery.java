// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.Token;
import org.apache.camel.Exchange;
import org.apache.camel.spi.SynchronizationVetoable;

/**
 * Ties one token to the exchange that brings its record into a route: both what the exchange holds and what happens when
 * it is done, in one object, because one is made for every record.
 *
 * <p>It is never handed over to another exchange (seda does that): a step behind the hand-over may still fail.
 */
public final class TokenDelivery extends HeldTokens implements SynchronizationVetoable {
    private final Token token;

    private TokenDelivery(Token token) {
        super(token);
        this.token = token;
    }

    /** From now on the exchange's end is the token's release. */
    public static void attach(Token token, Exchange exchange) {
        TokenDelivery delivery = new TokenDelivery(token);
        putInto(exchange, delivery);
        exchange.getExchangeExtension().addOnCompletion(delivery);
    }

    @Override
    public void onComplete(Exchange exchange) {
        if (TokenRelease.isRolledBack(exchange)) {
            onFailure(exchange);
        } else {
            token.release();
        }
    }

    @Override
    public void onFailure(Exchange exchange) {
        token.fail(TokenRelease.causeOf(exchange));
        token.release();
    }

    @Override
    public boolean allowHandover() {
        return false;
    }

    @Override
    public void beforeHandover(Exchange target) {
        // is not handed over
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.Token;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;

/**
 * Brings one record or batch into a route: what its exchange holds, and what happens when the exchange has ended, in one
 * object, because one is made for every record.
 *
 * <p>The end is the consumer's callback and not a completion of the unit of work: Camel copies and sorts the list of those
 * for every exchange, and a route that is stopping refuses an exchange before it has a unit of work, but always calls back.
 * A queue cannot take the callback over, either: a step behind it may still fail.
 */
public final class TokenDelivery extends HeldTokens implements AsyncCallback {
    private final Token token;
    private final Exchange exchange;

    private TokenDelivery(Token token, Exchange exchange) {
        super(token);
        this.token = token;
        this.exchange = exchange;
    }

    /** Sends the exchange into the route; its end is the token's release. */
    public static void send(Token token, Exchange exchange, AsyncProcessor route) {
        TokenDelivery delivery = new TokenDelivery(token, exchange);
        putInto(exchange, delivery);
        route.process(exchange, delivery);
    }

    /** For an exchange that another sends: its unit of work's end is the token's release. */
    public static void attach(Token token, Exchange exchange) {
        HeldTokens held = new HeldTokens(token);
        putInto(exchange, held);
        exchange.getExchangeExtension().addOnCompletion(new TokenRelease(held, false));
    }

    @Override
    public void done(boolean doneSync) {
        if (TokenRelease.hasFailed(exchange)) {
            token.fail(TokenRelease.causeOf(exchange));
        }
        token.release();
    }
}

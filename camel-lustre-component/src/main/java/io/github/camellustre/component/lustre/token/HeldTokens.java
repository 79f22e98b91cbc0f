// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.Token;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.SafeCopyProperty;

/**
 * The tokens that an exchange answers for: one where a record or a batch came in, those of a whole group behind an
 * aggregator. An immutable linked list whose head is the newest, so that a group grows without copying. It travels as a
 * safe-copy property, which copies of the exchange keep and {@code removeProperties} does not reach.
 */
public class HeldTokens implements SafeCopyProperty {
    private static final String PROPERTY = "CamelLustreToken";

    private final Token token;
    private final HeldTokens inner;
    private final HeldTokens rest;

    /** Of one record or batch. */
    HeldTokens(Token token) {
        this(token, null, null);
    }

    private HeldTokens(Token token, HeldTokens inner, HeldTokens rest) {
        this.token = token;
        this.inner = inner;
        this.rest = rest;
    }

    /** What the exchange holds; null if it has nothing to do with a changelog. */
    public static HeldTokens of(Exchange exchange) {
        return exchange.getExchangeExtension().getSafeCopyProperty(PROPERTY, HeldTokens.class);
    }

    /** Makes the exchange answer for these tokens. */
    void putInto(Exchange exchange) {
        exchange.getExchangeExtension().setSafeCopyProperty(PROPERTY, this);
    }

    /** A group that has these tokens, too. */
    HeldTokens joining(HeldTokens group) {
        return rest == null && inner == null ? new HeldTokens(token, null, group) : new HeldTokens(null, this, group);
    }

    void forEach(Consumer<Token> action) {
        for (HeldTokens held = this; held != null; held = held.rest) {
            if (held.token != null) {
                action.accept(held.token);
            } else {
                held.inner.forEach(action);
            }
        }
    }

    /** All of these that are not done yet, each retained once more; null if none is left. */
    HeldTokens retained(boolean inGroup) {
        if (rest == null && inner == null) {
            return retain(token, inGroup) ? this : null;
        }
        Retaining retaining = new Retaining(inGroup);
        forEach(retaining);
        return retaining.refused ? retaining.kept : this;
    }

    private static boolean retain(Token token, boolean inGroup) {
        return inGroup ? token.retainInGroup() : token.retain();
    }

    /** Keeps a list of its own in case that one token is done already, as behind a wireTap. */
    private static final class Retaining implements Consumer<Token> {
        private final boolean inGroup;
        private HeldTokens kept;
        private boolean refused;

        Retaining(boolean inGroup) {
            this.inGroup = inGroup;
        }

        @Override
        public void accept(Token token) {
            if (retain(token, inGroup)) {
                kept = new HeldTokens(token, null, kept);
            } else {
                refused = true;
            }
        }
    }

    @Override
    public SafeCopyProperty safeCopy() {
        return this;
    }
}

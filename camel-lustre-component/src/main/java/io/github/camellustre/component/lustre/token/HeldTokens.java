// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.Token;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    /** False for the newest of a group until the group is certain to have it. One thread at a time: see {@link #keepIn}. */
    private boolean kept;

    /** Of one record or batch. */
    HeldTokens(Token token) {
        this(token, null, null, true);
    }

    private HeldTokens(Token token, HeldTokens inner, HeldTokens rest, boolean kept) {
        this.token = token;
        this.inner = inner;
        this.rest = rest;
        this.kept = kept;
    }

    /** What the exchange holds; null if it has nothing to do with a changelog. */
    public static HeldTokens of(Exchange exchange) {
        return exchange.getExchangeExtension().getSafeCopyProperty(PROPERTY, HeldTokens.class);
    }

    /** Makes the exchange answer for these tokens, or for none. */
    static void putInto(Exchange exchange, HeldTokens tokens) {
        exchange.getExchangeExtension().setSafeCopyProperty(PROPERTY, tokens);
    }

    /** What a group holds for certain: not its newest member if that failed on its way in. */
    static HeldTokens keptIn(Exchange group) {
        HeldTokens head = of(group);
        return head == null || head.kept ? head : head.rest;
    }

    /** A group that shall have these tokens, too; {@link #keepIn} makes it so. */
    HeldTokens joining(HeldTokens group) {
        return rest == null && inner == null
                ? new HeldTokens(token, null, group, false)
                : new HeldTokens(null, this, group, false);
    }

    /**
     * Retains the newest of a group's tokens. To be called when the aggregator has put the group away, or sends it: until
     * then something may still fail, and the exchange that brought the record holds it itself.
     *
     * @return what the group holds; null if nothing is left that could be held, as behind a wireTap
     */
    static HeldTokens keepIn(Exchange group) {
        HeldTokens head = of(group);
        if (head == null || head.kept) {
            return head;
        }
        HeldTokens held = head.retainNewest();
        if (held != head) {
            putInto(group, held);
        }
        return held;
    }

    private HeldTokens retainNewest() {
        if (token != null) {
            kept = token.retainInGroup();
            return kept ? this : rest;
        }
        Retaining retaining = new Retaining(true);
        inner.forEach(retaining);
        if (!retaining.refused) {
            kept = true;
            return this;
        }
        return retaining.kept == null ? rest : new HeldTokens(null, retaining.kept, rest, true);
    }

    /** The only one; null for those of a group. */
    Token single() {
        return rest == null && inner == null ? token : null;
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

    boolean anyMatch(Predicate<Token> wanted) {
        for (HeldTokens held = this; held != null; held = held.rest) {
            if (held.token != null ? wanted.test(held.token) : held.inner.anyMatch(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** All of these that are not done yet, each retained once more; null if none is left. */
    HeldTokens retained() {
        if (single() != null) {
            return token.retain() ? this : null;
        }
        Retaining retaining = new Retaining(false);
        forEach(retaining);
        return retaining.refused ? retaining.kept : this;
    }

    /** Makes the outcome of all of them a failure; who holds them goes on holding them. */
    void fail(Throwable cause) {
        forEach(each -> each.fail(cause));
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
            if (inGroup ? token.retainInGroup() : token.retain()) {
                kept = new HeldTokens(token, null, kept, true);
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

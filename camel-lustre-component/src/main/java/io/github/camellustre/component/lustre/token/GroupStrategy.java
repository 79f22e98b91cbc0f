// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.Token;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.ExpressionSubElementDefinition;

/**
 * Makes an aggregator's group hold the tokens of what it collects until the group has been delivered.
 *
 * <p>Camel ends an exchange when it enters {@code aggregate}, long before its content is delivered. So each incoming token
 * is retained here, and released when the aggregated exchange is done: with it the record is acknowledged, or failed.
 */
final class GroupStrategy extends DelegatingStrategy {
    private final AggregateDefinition definition;

    GroupStrategy(StrategyReference reference, AggregateDefinition definition) {
        super(reference);
        this.definition = definition;
    }

    /** Camel takes a strategy that is a predicate for the completion predicate, and would not see it behind this one. */
    @Override
    void resolved(AggregationStrategy strategy) {
        if (strategy instanceof Predicate predicate && definition.getCompletionPredicate() == null) {
            definition.setCompletionPredicate(new ExpressionSubElementDefinition(predicate));
        }
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        HeldTokens group = oldExchange == null ? null : HeldTokens.of(oldExchange);
        HeldTokens incoming = HeldTokens.of(newExchange);
        HeldTokens retained = incoming == null ? null : incoming.retained(true);
        Exchange result;
        try {
            result = delegate().aggregate(oldExchange, newExchange);
        } catch (RuntimeException e) {
            release(retained, e);
            if (Boolean.parseBoolean(definition.getDiscardOnAggregationFailure())) {
                fail(incoming, e);
                release(group, e);
            }
            throw e;
        }
        if (result == null) {
            release(retained, new IllegalStateException("the aggregation strategy " + delegate() + " returned null"));
            return null;
        }
        HeldTokens all = retained == null ? group : retained.joining(group);
        if (all != null) {
            all.putInto(result);
        }
        return result;
    }

    /** Camel throws the whole group away then, and the exchange that came last would count as a success. */
    private static void fail(HeldTokens tokens, RuntimeException cause) {
        if (tokens != null) {
            tokens.forEach(token -> token.fail(cause));
        }
    }

    private static void release(HeldTokens tokens, RuntimeException cause) {
        if (tokens != null) {
            tokens.forEach(token -> {
                token.fail(cause);
                token.releaseFromGroup();
            });
        }
    }

    @Override
    public void onCompletion(Exchange exchange) {
        HeldTokens group = HeldTokens.of(exchange);
        if (group != null) {
            group.forEach(Token::leaveGroup);
            exchange.getExchangeExtension().addOnCompletion(new TokenRelease(group, false));
        }
        delegate().onCompletion(exchange);
    }

    /** A group that is discarded at its time-out is what its author wanted: its records are acknowledged. */
    @Override
    public void timeout(Exchange exchange, int index, int total, long timeout) {
        delegate().timeout(exchange, index, total, timeout);
        HeldTokens group = HeldTokens.of(exchange);
        if (group != null && Boolean.parseBoolean(definition.getDiscardOnCompletionTimeout())) {
            group.forEach(Token::releaseFromGroup);
        }
    }
}

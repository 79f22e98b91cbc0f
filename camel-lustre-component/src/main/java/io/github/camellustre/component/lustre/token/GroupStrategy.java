// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.Token;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.ExpressionSubElementDefinition;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.support.CamelContextHelper;

/**
 * Makes an aggregator's group hold the tokens of what it collects until the group has been delivered.
 *
 * <p>Camel ends an exchange when it enters {@code aggregate}, long before its content is delivered. So the group answers
 * for each incoming token from the moment that {@link GroupRepository} has it, until the aggregated exchange is done: with
 * it the record is acknowledged, or failed.
 */
final class GroupStrategy extends DelegatingStrategy {
    private final AggregateDefinition definition;
    private final OpenGroups open;
    private GroupRepository repository;
    private String unsafe;
    private boolean discardsOnFailure;

    GroupStrategy(StrategyReference reference, AggregateDefinition definition, OpenGroups open) {
        super(reference);
        this.definition = definition;
        this.open = open;
    }

    /** Camel builds the aggregator now, and has not looked at the definition's other parts yet. */
    @Override
    AggregationStrategy resolved(AggregationStrategy named) {
        AggregationStrategy strategy =
                named instanceof AggregatorStrategy each ? each.of(getCamelContext(), controller()) : named;
        // Camel takes a strategy that is a predicate for the completion predicate, and would not see it behind this
        // one.
        if (strategy instanceof Predicate predicate && definition.getCompletionPredicate() == null) {
            definition.setCompletionPredicate(new ExpressionSubElementDefinition(predicate));
        }
        // Now, because a template's parameters are known only while the route is built.
        discardsOnFailure = isTrue(definition.getDiscardOnAggregationFailure());
        unsafe = AggregateSafety.problem(getCamelContext(), definition);
        if (unsafe == null) {
            AggregationRepository repositoryOfAuthor = AggregateSafety.repository(getCamelContext(), definition);
            AggregationRepository groups =
                    repositoryOfAuthor == null ? new MemoryAggregationRepository() : repositoryOfAuthor;
            repository = new GroupRepository(groups, controller(), open);
            definition.setAggregationRepository(repository);
        }
        return strategy;
    }

    private AggregateController controller() {
        AggregateController controller = definition.getAggregateControllerBean();
        if (controller == null) {
            controller = definition.getAggregateController() == null
                    ? new DefaultAggregateController()
                    : StrategyReference.find(
                            getCamelContext(), definition.getAggregateController(), AggregateController.class);
            definition.setAggregateController(controller);
        }
        return controller;
    }

    private boolean isTrue(String option) {
        return option != null && Boolean.TRUE.equals(CamelContextHelper.parseBoolean(getCamelContext(), option));
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        HeldTokens incoming = HeldTokens.of(newExchange);
        if (unsafe != null) {
            if (incoming != null) {
                throw new IllegalStateException(unsafe);
            }
            return delegate().aggregate(oldExchange, newExchange);
        }
        HeldTokens group = oldExchange == null ? null : HeldTokens.keptIn(oldExchange);
        Exchange result;
        try {
            result = delegate().aggregate(oldExchange, newExchange);
        } catch (RuntimeException e) {
            if (discardsOnFailure) {
                // Camel throws the whole group away then, and the exchange that came last would count as a success.
                fail(incoming, e);
                fail(group, e);
            }
            throw e;
        }
        if (result != null) {
            HeldTokens.putInto(result, incoming == null ? group : incoming.joining(group));
        }
        return result;
    }

    private static void fail(HeldTokens tokens, RuntimeException cause) {
        if (tokens != null) {
            tokens.fail(cause);
        }
    }

    @Override
    public void onCompletion(Exchange exchange) {
        if (repository == null) {
            delegate().onCompletion(exchange);
            return;
        }
        repository.sent(exchange);
        HeldTokens group = HeldTokens.keepIn(exchange);
        try {
            delegate().onCompletion(exchange);
        } catch (RuntimeException e) {
            // Camel does not send the group then.
            GroupRepository.release(exchange, e);
            throw e;
        }
        if (group != null) {
            group.forEach(Token::leaveGroup);
            exchange.getExchangeExtension().addOnCompletion(new TokenRelease(group, false));
        }
    }

    @Override
    public void timeout(Exchange exchange, int index, int total, long timeout) {
        try {
            delegate().timeout(exchange, index, total, timeout);
        } catch (RuntimeException e) {
            // Camel has forgotten the group by now.
            if (repository != null) {
                repository.sent(exchange);
                GroupRepository.release(exchange, e);
            }
            throw e;
        }
    }
}

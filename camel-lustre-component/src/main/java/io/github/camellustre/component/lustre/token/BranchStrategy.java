// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;

/**
 * Makes a failed branch of multicast, recipientList, split or enrich fail the record, whatever the route author's strategy
 * does with the exception: Camel would call the whole a success.
 */
final class BranchStrategy extends DelegatingStrategy {
    private final TimedBranches branches;

    BranchStrategy(StrategyReference reference, TimedBranches branches) {
        super(reference);
        this.branches = branches;
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        failTokens(oldExchange, newExchange);
        FilteredOut.endOfBranch(newExchange);
        return delegate().aggregate(oldExchange, newExchange);
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange, Exchange inputExchange) {
        failTokens(inputExchange, newExchange);
        FilteredOut.endOfBranch(newExchange);
        AggregationStrategy delegate = delegate();
        if (delegate instanceof UseOriginalAggregationStrategy original && original.getOriginal() == null) {
            // Camel would make it an instance of its own for each input, if it saw it.
            return original.newInstance(inputExchange).aggregate(oldExchange, newExchange);
        }
        return delegate.aggregate(oldExchange, newExchange, inputExchange);
    }

    private static void failTokens(Exchange input, Exchange branch) {
        if (branch == null || !TokenRelease.hasFailed(branch)) {
            return;
        }
        HeldTokens tokens = HeldTokens.of(branch);
        if (tokens == null && input != null) {
            tokens = HeldTokens.of(input);
        }
        if (tokens != null) {
            tokens.fail(TokenRelease.causeOf(branch));
        }
    }

    @Override
    public void onCompletion(Exchange exchange, Exchange inputExchange) {
        branches.over(inputExchange);
        super.onCompletion(exchange, inputExchange);
    }
}

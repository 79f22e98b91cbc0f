// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.Token;
import org.apache.camel.Exchange;

/**
 * Makes a failed branch of multicast, recipientList, split or enrich fail the record, whatever the route author's strategy
 * does with the exception: Camel would call the whole a success.
 */
final class BranchStrategy extends DelegatingStrategy {

    BranchStrategy(StrategyReference reference) {
        super(reference);
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        failTokens(oldExchange, newExchange);
        return delegate().aggregate(oldExchange, newExchange);
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange, Exchange inputExchange) {
        failTokens(inputExchange, newExchange);
        return delegate().aggregate(oldExchange, newExchange, inputExchange);
    }

    private static void failTokens(Exchange input, Exchange branch) {
        if (branch == null || !branch.isFailed()) {
            return;
        }
        HeldTokens tokens = HeldTokens.of(branch);
        if (tokens == null && input != null) {
            tokens = HeldTokens.of(input);
        }
        if (tokens != null) {
            Throwable cause = TokenRelease.causeOf(branch);
            tokens.forEach((Token token) -> token.fail(cause));
        }
    }
}

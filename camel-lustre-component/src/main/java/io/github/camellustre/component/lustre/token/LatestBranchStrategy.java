// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;

/** Camel's own for multicast and recipientList, behind whose branches the route goes on also where a filter ended the last one. */
final class LatestBranchStrategy extends UseLatestAggregationStrategy {

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        FilteredOut.endOfBranch(newExchange);
        return super.aggregate(oldExchange, newExchange);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.AggregateController;

/** A strategy that keeps account of its aggregator's groups, and so is another one for each {@code aggregate} step that names it. */
public interface AggregatorStrategy extends AggregationStrategy {

    /** @param aggregator can be asked as soon as the route has started */
    AggregationStrategy of(CamelContext context, AggregateController aggregator);

    /** Never called: {@link #of} is what aggregates. */
    @Override
    default Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        throw new IllegalStateException(this + " only works in an aggregate step of a route");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.CamelContext;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.support.CamelContextHelper;

/** Tells which aggregators cannot hold acknowledgements. */
public final class AggregateSafety {
    private AggregateSafety() {}

    /** The reason and the remedy; null if all is well. */
    public static String problem(CamelContext context, AggregateDefinition step) {
        if (step.getOptimisticLocking() != null
                && Boolean.TRUE.equals(CamelContextHelper.parseBoolean(context, step.getOptimisticLocking()))) {
            return "aggregate with optimisticLocking calls its strategy again for one record, which would lose"
                    + " acknowledgements. Remove optimisticLocking";
        }
        AggregationRepository repository = repository(context, step);
        if (repository == null || repository instanceof GroupRepository) {
            return null;
        }
        // A subclass may drop exchanges or copy them.
        if (repository.getClass() != MemoryAggregationRepository.class
                || ((MemoryAggregationRepository) repository).isOptimisticLocking()) {
            return "aggregate with the repository " + repository.getClass().getName()
                    + " cannot hold acknowledgements: only MemoryAggregationRepository without optimistic locking can."
                    + " Remove aggregationRepository; Lustre keeps the records until they are delivered";
        }
        return null;
    }

    /** The one that is named; null if none is, or it is not there. */
    static AggregationRepository repository(CamelContext context, AggregateDefinition step) {
        if (step.getAggregationRepositoryBean() != null || step.getAggregationRepository() == null) {
            return step.getAggregationRepositoryBean();
        }
        return StrategyReference.find(context, step.getAggregationRepository(), AggregationRepository.class);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.function.BiFunction;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.model.AggregationStrategyAwareDefinition;
import org.apache.camel.processor.aggregate.AggregationStrategyBeanAdapter;
import org.apache.camel.processor.aggregate.AggregationStrategyBiFunctionAdapter;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.EndpointHelper;

/**
 * The strategy that a route author named: an object, or text that is looked up only when the route is built, because a
 * template's parameters and beans exist no sooner.
 */
record StrategyReference(AggregationStrategy bean, String text, String method, String allowNull) {

    static StrategyReference of(AggregationStrategyAwareDefinition<?> step) {
        return new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategyRef(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
    }

    boolean isNamed() {
        return bean != null || text != null;
    }

    /** Finds it as Camel itself would: a bean in the registry, {@code #class:}, {@code #bean:}, a function or any object with a method. */
    AggregationStrategy resolve(CamelContext context) {
        AggregationStrategy strategy = bean != null ? bean : lookup(context);
        CamelContextAware.trySetCamelContext(strategy, context);
        return strategy;
    }

    private AggregationStrategy lookup(CamelContext context) {
        Object found = find(context, text, Object.class);
        if (found instanceof AggregationStrategy strategy) {
            return strategy;
        }
        if (found == null) {
            throw new IllegalArgumentException("there is no aggregation strategy '" + text
                    + "' in the registry: declare it under beans, or use" + " #class:fully.qualified.Name");
        }
        Boolean nulls = allowNull == null ? null : CamelContextHelper.parseBoolean(context, allowNull);
        if (found instanceof BiFunction<?, ?, ?> function) {
            return function(function, nulls);
        }
        return bean(found, CamelContextHelper.parseText(context, method), nulls);
    }

    /** Null if there is none. */
    static <T> T find(CamelContext context, String text, Class<T> type) {
        String name = CamelContextHelper.parseText(context, text);
        return EndpointHelper.isReferenceParameter(name)
                ? EndpointHelper.resolveReferenceParameter(context, name, type, false)
                : context.getRegistry().lookupByNameAndType(name, type);
    }

    @SuppressWarnings("unchecked")
    private static AggregationStrategy function(BiFunction<?, ?, ?> function, Boolean nulls) {
        AggregationStrategyBiFunctionAdapter adapter =
                new AggregationStrategyBiFunctionAdapter((BiFunction<Exchange, Exchange, Object>) function);
        if (nulls != null) {
            adapter.setAllowNullNewExchange(nulls);
            adapter.setAllowNullOldExchange(nulls);
        }
        return adapter;
    }

    private static AggregationStrategy bean(Object object, String method, Boolean nulls) {
        @SuppressWarnings("resource")
        AggregationStrategyBeanAdapter adapter = new AggregationStrategyBeanAdapter(object, method);
        if (nulls != null) {
            adapter.setAllowNullNewExchange(nulls);
            adapter.setAllowNullOldExchange(nulls);
        }
        return adapter;
    }
}

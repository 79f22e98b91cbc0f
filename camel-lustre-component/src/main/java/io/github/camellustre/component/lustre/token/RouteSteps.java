// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.OnFallbackDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

/** Finds the steps of a route at any depth. Camel's own search does not look into the fallback of a circuit breaker. */
public final class RouteSteps {
    private RouteSteps() {}

    /** All steps of this type. */
    public static <T> List<T> find(RouteDefinition route, Class<T> type) {
        List<T> found = new ArrayList<>();
        collect(route.getOutputs(), type, found);
        return found;
    }

    private static <T> void collect(List<ProcessorDefinition<?>> steps, Class<T> type, List<T> found) {
        found.addAll(ProcessorDefinitionHelper.filterTypeInOutputs(steps, type));
        for (CircuitBreakerDefinition breaker :
                ProcessorDefinitionHelper.filterTypeInOutputs(steps, CircuitBreakerDefinition.class)) {
            OnFallbackDefinition fallback = breaker.getOnFallback();
            if (fallback != null) {
                collect(fallback.getOutputs(), type, found);
            }
        }
    }

    /** The steps that one is among. */
    static List<ProcessorDefinition<?>> siblings(RouteDefinition route, ProcessorDefinition<?> step) {
        if (step.getParent() != null) {
            return step.getParent().getOutputs();
        }
        // The steps of a fallback do not know where they are.
        return find(route, CircuitBreakerDefinition.class).stream()
                .filter(breaker -> breaker.getOnFallback() != null)
                .map(breaker -> breaker.getOnFallback().getOutputs())
                .filter(steps -> steps.contains(step))
                .findFirst()
                .orElseThrow();
    }
}

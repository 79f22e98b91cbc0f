// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.component.lustre.token.TemplateParameters;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.PipelineDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * The types that the filters at the beginning of a route let through, as far as nothing else sees the records before them:
 * of the others no exchange needs to be made.
 */
final class LeadingFilters {
    private final CamelContext context;
    private final Model model;
    private final RecordFilters filters;
    private final KameletCalls kamelets;

    LeadingFilters(CamelContext context, Model model, RecordFilters filters) {
        this.context = context;
        this.model = model;
        this.filters = filters;
        kamelets = new KameletCalls(context, model);
    }

    /** Numbers of the types; empty if any type may go through. */
    Optional<BitSet> types(String routeId) {
        RouteDefinition route = model.getRouteDefinition(routeId);
        return route == null ? Optional.empty() : types(route);
    }

    private Optional<BitSet> types(RouteDefinition route) {
        AtomicReference<Optional<BitSet>> types = new AtomicReference<>();
        TemplateParameters.during(
                context, route.getTemplateParameters(), () -> types.set(types(route, route.getOutputs())));
        return types.get();
    }

    private Optional<BitSet> types(RouteDefinition route, List<ProcessorDefinition<?>> steps) {
        Optional<BitSet> types = Optional.empty();
        for (int at = 0; at < steps.size(); at++) {
            ProcessorDefinition<?> step = steps.get(at);
            Optional<RouteDefinition> called = kamelets.route(step);
            if (step.getDisabled() != null) {
                return types;
            } else if (called.isPresent()) {
                types = both(types, types(called.get()));
                if (!filtersOnly(called.get())) {
                    return types;
                }
                // In YAML the steps that follow are in it.
                if (step instanceof KameletDefinition eip && !eip.getOutputs().isEmpty()) {
                    return both(types, types(route, eip.getOutputs()));
                }
            } else if (isFilter(route, step)) {
                types = both(
                        types,
                        filters.at(route, step).flatMap(each -> each.filter().types()));
            } else if (step instanceof PipelineDefinition) {
                return both(types, types(route, step.getOutputs()));
            } else if (step instanceof MulticastDefinition && at == steps.size() - 1) {
                return both(types, anyOf(route, step.getOutputs()));
            } else if (KameletCalls.isSink(step)) {
                return both(types, kamelets.caller(route).flatMap(this::types));
            } else if (!(step instanceof OnExceptionDefinition)) {
                return types;
            }
        }
        return types;
    }

    private Optional<BitSet> anyOf(RouteDefinition route, List<ProcessorDefinition<?>> branches) {
        BitSet any = new BitSet();
        for (ProcessorDefinition<?> branch : branches) {
            Optional<BitSet> types = types(route, List.of(branch));
            if (types.isEmpty()) {
                return types;
            }
            any.or(types.get());
        }
        return Optional.of(any);
    }

    private static Optional<BitSet> both(Optional<BitSet> one, Optional<BitSet> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        BitSet both = (BitSet) one.get().clone();
        both.and(other.get());
        return Optional.of(both);
    }

    private boolean isFilter(RouteDefinition route, ProcessorDefinition<?> step) {
        return filters.at(route, step).isPresent();
    }

    private boolean filtersOnly(RouteDefinition kamelet) {
        return kamelet.getOutputs().stream().allMatch(step -> isFilter(kamelet, step) || KameletCalls.isSink(step));
    }
}

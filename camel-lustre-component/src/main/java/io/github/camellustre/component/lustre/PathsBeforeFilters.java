// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.component.lustre.token.TemplateParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.support.CamelContextHelper;

/**
 * Refuses a filter on paths where it is certain that nothing has looked them up before: follows the records of a route
 * step by step, into kamelets and through direct and seda. Where the way is decided while running, the filter itself
 * refuses the first record that comes without paths.
 */
final class PathsBeforeFilters {
    private static final Pattern LOOK_UP = Pattern.compile("lustre:.*[?&]operation=path\\b.*");

    private final CamelContext context;
    private final RecordFilters filters;
    private final ReachableRoutes routes;
    private final KameletCalls kamelets;
    /** Whether paths may be known at the end of a route, by its id. */
    private final Map<String, Boolean> ends = new HashMap<>();

    PathsBeforeFilters(CamelContext context, Model model, RecordFilters filters, ReachableRoutes routes) {
        this.context = context;
        this.filters = filters;
        this.routes = routes;
        kamelets = new KameletCalls(context, model);
    }

    /** @throws IllegalArgumentException naming the filter, and what to put before it */
    void check(RouteDefinition consuming) {
        route(consuming);
    }

    /** Whether paths may be known at its end; at its beginning they are not. So everywhere here: where they may be, all is well. */
    private boolean route(RouteDefinition route) {
        // in a circle they may be, as far as can be told
        Boolean end = ends.putIfAbsent(route.getRouteId(), true);
        if (end != null) {
            return end;
        }
        AtomicBoolean known = new AtomicBoolean();
        TemplateParameters.during(
                context, route.getTemplateParameters(), () -> known.set(steps(route, route.getOutputs())));
        ends.put(route.getRouteId(), known.get());
        return known.get();
    }

    private boolean steps(RouteDefinition route, List<ProcessorDefinition<?>> steps) {
        return steps.stream().anyMatch(step -> step(route, step));
    }

    private boolean step(RouteDefinition route, ProcessorDefinition<?> step) {
        // a handler of what may have happened anywhere in the route is not judged
        if (step instanceof OnExceptionDefinition
                || step instanceof OnCompletionDefinition
                || Boolean.TRUE.equals(CamelContextHelper.parseBoolean(context, step.getDisabled()))) {
            return false;
        }
        filters.at(route, step)
                .filter(filter -> filter.filter().asksForPaths())
                .ifPresent(filter -> refuse(route, filter));
        if (leadsToPaths(route, step)) {
            return true;
        }
        if (step instanceof MulticastDefinition
                || step instanceof ChoiceDefinition
                || step instanceof LoadBalanceDefinition) {
            // what one branch looks up the next does not have
            return step.getOutputs().stream().map(branch -> step(route, branch)).reduce(false, Boolean::logicalOr);
        }
        return steps(route, step.getOutputs())
                || step instanceof CircuitBreakerDefinition breaker
                        && breaker.getOnFallback() != null
                        && steps(route, breaker.getOnFallback().getOutputs());
    }

    /** Whether the step itself, without those inside it, may be or call a look-up. */
    private boolean leadsToPaths(RouteDefinition route, ProcessorDefinition<?> step) {
        Optional<RouteDefinition> called = KameletCalls.isSink(step) ? kamelets.caller(route) : kamelets.route(step);
        if (called.isPresent()) {
            return route(called.get());
        }
        if (step instanceof SendDefinition<?> send) {
            return !KameletCalls.isSink(step) && leadsToPaths(send.getEndpointUri());
        }
        if (step instanceof ToDynamicDefinition send) {
            return leadsToPaths(String.valueOf(send.getUri()));
        }
        return step instanceof KameletDefinition
                || step instanceof RecipientListDefinition
                || step instanceof RoutingSlipDefinition
                || step instanceof DynamicRouterDefinition
                || step instanceof EnrichDefinition;
    }

    private boolean leadsToPaths(String uri) {
        String text = CamelContextHelper.parseText(context, uri);
        if (text.contains("${")
                || KameletCalls.isKamelet(text)
                || LOOK_UP.matcher(text).matches()) {
            return true;
        }
        return routes.behind(text).stream().map(this::route).reduce(false, Boolean::logicalOr);
    }

    private static void refuse(RouteDefinition route, RecordFilterProcessor filter) {
        throw RouteSafety.refused(
                route,
                "the filter '" + filter.getFilter() + "' asks for paths, and no step before it looks them up. Put"
                        + " lustre:FILESYSTEM?operation=path, or the kamelet lustre-path-action, before it (docs/filters.md)");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.Model;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.support.CamelContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start a route in which records could be acknowledged without having been delivered, and says what to write
 * instead. Looks at the route and at all that it reaches through direct and seda, and at kamelets.
 */
final class RouteSafety {
    private static final Logger LOG = LoggerFactory.getLogger(RouteSafety.class);
    private static final Pattern RECORD_HEADER =
            Pattern.compile("CamelLustre(Index|Type|Fid|ParentFid|Name|JobId|Uid|Gid|Time)\\b");

    private final CamelContext context;
    private final LustreConfiguration configuration;
    private final String routeId;

    private RouteSafety(CamelContext context, String routeId, LustreConfiguration configuration) {
        this.context = context;
        this.routeId = routeId;
        this.configuration = configuration;
    }

    /** @throws IllegalArgumentException with the reason and the remedy */
    static void check(CamelContext context, String routeId, LustreConfiguration configuration) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        if (model == null) {
            return;
        }
        RouteSafety safety = new RouteSafety(context, routeId, configuration);
        for (RouteDefinition route : safety.reachable(model)) {
            safety.check(route);
        }
    }

    private Set<RouteDefinition> reachable(Model model) {
        Set<RouteDefinition> reached = new LinkedHashSet<>();
        Deque<RouteDefinition> open = new ArrayDeque<>();
        for (RouteDefinition route : model.getRouteDefinitions()) {
            if (routeId.equals(route.getRouteId()) || isKamelet(route)) {
                open.add(route);
            }
        }
        while (!open.isEmpty()) {
            RouteDefinition route = open.remove();
            if (!reached.add(route)) {
                continue;
            }
            for (SendDefinition<?> send : find(route, SendDefinition.class)) {
                follow(send.getEndpointUri(), model, open);
            }
            for (ToDynamicDefinition send : find(route, ToDynamicDefinition.class)) {
                follow(send.getUri(), model, open);
            }
        }
        return reached;
    }

    private static boolean isKamelet(RouteDefinition route) {
        String uri = route.getInput() == null ? null : route.getInput().getEndpointUri();
        return uri != null && uri.startsWith("kamelet:");
    }

    private void follow(String uri, Model model, Deque<RouteDefinition> open) {
        String name = queue(uri);
        if (name == null) {
            return;
        }
        for (RouteDefinition route : model.getRouteDefinitions()) {
            if (route.getInput() != null && name.equals(queue(route.getInput().getEndpointUri()))) {
                open.add(route);
            }
        }
    }

    /** Scheme and name of a direct or seda URI without its options; null for any other. */
    private String queue(String uri) {
        if (uri == null) {
            return null;
        }
        String text = uri.contains("{{") ? CamelContextHelper.parseText(context, uri) : uri;
        if (!text.startsWith("direct:") && !text.startsWith("seda:")) {
            return null;
        }
        int options = text.indexOf('?');
        return (options < 0 ? text : text.substring(0, options)).replace("://", ":");
    }

    private static <T> Collection<T> find(RouteDefinition route, Class<T> type) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), type);
    }

    private void check(RouteDefinition route) {
        find(route, AggregateDefinition.class).forEach(step -> aggregate(route, step));
        find(route, RecipientListDefinition.class)
                .forEach(step -> ignoring(route, "recipientList", step.getIgnoreInvalidEndpoints()));
        find(route, RoutingSlipDefinition.class)
                .forEach(step -> ignoring(route, "routingSlip", step.getIgnoreInvalidEndpoints()));
        find(route, EnrichDefinition.class).forEach(step -> ignoring(route, "enrich", step.getIgnoreInvalidEndpoint()));
        find(route, PollEnrichDefinition.class)
                .forEach(step -> ignoring(route, "pollEnrich", step.getIgnoreInvalidEndpoint()));
        find(route, ToDynamicDefinition.class).forEach(step -> ignoring(route, "toD", step.getIgnoreInvalidEndpoint()));
        if (!find(route, WireTapDefinition.class).isEmpty()) {
            LOG.info(
                    "Route '{}': what a wireTap carries is not covered by acknowledgement; use multicast where it must be",
                    route.getRouteId());
        }
        deadLetter(route);
        if (configuration.isBatching()) {
            find(route, ExpressionNode.class)
                    .forEach(step -> recordHeader(
                            route,
                            step.getExpression() == null
                                    ? null
                                    : step.getExpression().getExpression()));
        }
    }

    private void aggregate(RouteDefinition route, AggregateDefinition step) {
        if (isTrue(step.getOptimisticLocking())) {
            throw refused(
                    route,
                    "aggregate with optimisticLocking calls its strategy again for one record, which would lose"
                            + " acknowledgements. Remove optimisticLocking");
        }
        Object repository = step.getAggregationRepositoryBean();
        if (repository == null && step.getAggregationRepository() != null) {
            repository = CamelContextHelper.lookup(
                    context, step.getAggregationRepository().replaceFirst("^#(bean:)?", ""));
        }
        if (repository != null && !(repository instanceof MemoryAggregationRepository)) {
            throw refused(
                    route,
                    "aggregate with the repository " + repository
                            + " cannot hold acknowledgements: only MemoryAggregationRepository without optimistic locking"
                            + " can. Remove aggregationRepository; Lustre keeps the records until they are delivered");
        }
        long bound = configuration.getMaxInFlight();
        Integer size = CamelContextHelper.parseInteger(context, step.getCompletionSize());
        if (size != null
                && size > bound
                && step.getCompletionTimeout() == null
                && step.getCompletionTimeoutExpression() == null
                && step.getCompletionInterval() == null
                && step.getCompletionPredicate() == null
                && step.getCompletionSizeExpression() == null) {
            throw refused(
                    route,
                    "aggregate waits for " + size + " exchanges and nothing else completes it, but only maxInFlight="
                            + bound + " records may be on their way. Raise maxInFlight, or add a completionTimeout");
        }
    }

    private void ignoring(RouteDefinition route, String step, String ignore) {
        if (isTrue(ignore)) {
            throw refused(
                    route,
                    step
                            + " with ignoreInvalidEndpoint(s)=true would acknowledge records that went nowhere. Remove the option");
        }
    }

    private void deadLetter(RouteDefinition route) {
        ErrorHandlerFactory factory = route.getErrorHandlerFactory();
        if (factory == null) {
            factory = context.getCamelContextExtension().getErrorHandlerFactory();
        }
        if (factory instanceof DeadLetterChannelDefinition channel
                && !"false".equals(CamelContextHelper.parseText(context, channel.getDeadLetterHandleNewException()))) {
            throw refused(
                    route,
                    "its deadLetterChannel would acknowledge a record although the dead letter itself failed. Set"
                            + " deadLetterHandleNewException: false");
        }
    }

    private void recordHeader(RouteDefinition route, String expression) {
        Matcher header = expression == null ? null : RECORD_HEADER.matcher(expression);
        if (header != null && header.find()) {
            throw refused(
                    route,
                    "'" + expression + "' asks for " + header.group()
                            + ", which a batch does not have. Use the option types=... to filter by type, or batching=false");
        }
    }

    private boolean isTrue(String option) {
        return option != null && Boolean.TRUE.equals(CamelContextHelper.parseBoolean(context, option));
    }

    private static IllegalArgumentException refused(RouteDefinition route, String reason) {
        String where = route.getLocation() == null ? "" : " (" + route.getLocation() + ")";
        return new IllegalArgumentException("route '" + route.getRouteId() + "'" + where + ": " + reason);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.component.lustre.token.AggregateSafety;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.Model;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.model.config.BatchResequencerConfig;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.errorhandler.RefErrorHandlerDefinition;
import org.apache.camel.spi.PropertiesComponent;
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
            safety.with(route, () -> safety.check(route));
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
        follow(configuration.getDeadLetter(), model, open);
        while (!open.isEmpty()) {
            RouteDefinition route = open.remove();
            if (reached.add(route)) {
                with(route, () -> next(route, model, open));
            }
        }
        return reached;
    }

    private void next(RouteDefinition route, Model model, Deque<RouteDefinition> open) {
        for (SendDefinition<?> send : find(route, SendDefinition.class)) {
            follow(send.getEndpointUri(), model, open);
        }
        for (ToDynamicDefinition send : find(route, ToDynamicDefinition.class)) {
            follow(send.getUri(), model, open);
        }
        if (errorHandler(route) instanceof DeadLetterChannelDefinition channel) {
            follow(channel.getDeadLetterUri(), model, open);
        }
        if (decidesWhileRunning(route)) {
            for (RouteDefinition other : model.getRouteDefinitions()) {
                if (input(other) != null) {
                    open.add(other);
                }
            }
        }
    }

    /** Then any route that can be sent to may be the next. */
    private static boolean decidesWhileRunning(RouteDefinition route) {
        return !find(route, RecipientListDefinition.class).isEmpty()
                || !find(route, RoutingSlipDefinition.class).isEmpty()
                || !find(route, DynamicRouterDefinition.class).isEmpty()
                || !find(route, EnrichDefinition.class).isEmpty()
                || find(route, ToDynamicDefinition.class).stream()
                        .anyMatch(send -> send.getUri() != null && send.getUri().contains("${"));
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
            if (name.equals(input(route))) {
                open.add(route);
            }
        }
    }

    /** What can be sent to in order to reach this route; null if nothing. */
    private String input(RouteDefinition route) {
        AtomicReference<String> name = new AtomicReference<>();
        if (route.getInput() != null) {
            with(route, () -> name.set(queue(route.getInput().getEndpointUri())));
        }
        return name.get();
    }

    /** Does something while the parameters of the route's template, if it has one, are known. */
    private void with(RouteDefinition route, Runnable action) {
        PropertiesComponent properties = context.getPropertiesComponent();
        Properties before = properties.getLocalProperties();
        if (route.getTemplateParameters() != null) {
            Properties parameters = new Properties();
            route.getTemplateParameters().forEach((name, value) -> parameters.put(name, String.valueOf(value)));
            properties.setLocalProperties(parameters);
        }
        try {
            action.run();
        } finally {
            properties.setLocalProperties(before);
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
        find(route, MulticastDefinition.class)
                .forEach(step -> timed(route, "multicast", step.getTimeout(), step.getShareUnitOfWork()));
        find(route, RecipientListDefinition.class)
                .forEach(step -> timed(route, "recipientList", step.getTimeout(), step.getShareUnitOfWork()));
        find(route, SplitDefinition.class)
                .forEach(step -> timed(route, "split", step.getTimeout(), step.getShareUnitOfWork()));
        find(route, ResequenceDefinition.class).forEach(step -> resequence(route, step));
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
        String problem = AggregateSafety.problem(context, step);
        if (problem != null) {
            throw refused(route, problem);
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

    private void timed(RouteDefinition route, String step, String timeout, String shareUnitOfWork) {
        if (timeout != null && isTrue(shareUnitOfWork)) {
            throw refused(
                    route,
                    step + " with both timeout and shareUnitOfWork would acknowledge a record while a late branch still"
                            + " has it. Remove shareUnitOfWork");
        }
    }

    private void resequence(RouteDefinition route, ResequenceDefinition step) {
        BatchResequencerConfig batch = step.getBatchConfig();
        if (step.getStreamConfig() == null && (batch == null || !isTrue(batch.getAllowDuplicates()))) {
            throw refused(
                    route,
                    "resequence in batches throws away exchanges that compare equal, and their records would be held for"
                            + " ever. Set batchConfig: {allowDuplicates: true}");
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
        if (errorHandler(route) instanceof DeadLetterChannelDefinition channel
                && !"false".equals(CamelContextHelper.parseText(context, channel.getDeadLetterHandleNewException()))) {
            throw refused(
                    route,
                    "its deadLetterChannel would acknowledge a record although the dead letter itself failed. Set"
                            + " deadLetterHandleNewException: false");
        }
    }

    /** The route's own, that of its configuration, or that of all routes. */
    private ErrorHandlerFactory errorHandler(RouteDefinition route) {
        ErrorHandlerFactory factory = route.getErrorHandlerFactory();
        while (factory instanceof RefErrorHandlerDefinition named) {
            String name = CamelContextHelper.parseText(context, named.getRef());
            factory = RefErrorHandlerDefinition.DEFAULT_ERROR_HANDLER_BUILDER.equals(name)
                    ? context.getCamelContextExtension().getErrorHandlerFactory()
                    : context.getRegistry()
                            .lookupByNameAndType(name.replaceFirst("^#(bean:)?", ""), ErrorHandlerFactory.class);
        }
        return factory == null ? context.getCamelContextExtension().getErrorHandlerFactory() : factory;
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

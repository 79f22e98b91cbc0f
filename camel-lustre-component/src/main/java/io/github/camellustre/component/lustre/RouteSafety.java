// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static io.github.camellustre.component.lustre.token.RouteSteps.find;

import io.github.camellustre.changelog.RecordFormat;
import io.github.camellustre.component.lustre.token.AggregateSafety;
import io.github.camellustre.component.lustre.token.IdempotentSafety;
import io.github.camellustre.component.lustre.token.TemplateParameters;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.model.config.BatchResequencerConfig;
import org.apache.camel.model.config.StreamResequencerConfig;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.support.CamelContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start a route in which records could be acknowledged without having been delivered, or never be delivered at
 * all, and says what to write instead. Looks at the route and at all {@link ReachableRoutes} from there.
 */
final class RouteSafety {
    private static final Logger LOG = LoggerFactory.getLogger(RouteSafety.class);
    private static final Pattern RECORD_HEADER =
            Pattern.compile("CamelLustre(Index|Type|Fid|ParentFid|Name|JobId|Uid|Gid|Time"
                    + "|Path|PathFrom|ParentPath|OldPath|OldPathFrom|Paths|PathReason|PathError)\\b");

    private static final String SPLIT_KAMELET = "lustre-split-action";

    private final CamelContext context;
    private final Model model;
    private final LustreConfiguration configuration;

    private RouteSafety(CamelContext context, Model model, LustreConfiguration configuration) {
        this.context = context;
        this.model = model;
        this.configuration = configuration;
    }

    /** @throws IllegalArgumentException with the reason and the remedy */
    static void check(CamelContext context, String routeId, LustreConfiguration configuration, RecordFilters filters) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        if (model == null) {
            return;
        }
        RouteSafety safety = new RouteSafety(context, model, configuration);
        ReachableRoutes reachable = new ReachableRoutes(context, model);
        Set<RouteDefinition> reached = reachable.from(routeId, configuration.getDeadLetter());
        for (RouteDefinition route : reached) {
            TemplateParameters.during(context, route.getTemplateParameters(), () -> safety.check(route));
            safety.fields(route, filters);
        }
        if (filters.askForPaths()) {
            new PathsBeforeFilters(context, model, filters, reachable).check(model.getRouteDefinition(routeId));
        }
        for (RouteDefinition route : model.getRouteDefinitions()) {
            reachable.polledQueue(route).ifPresent(queue -> {
                throw refused(
                        route,
                        "polls " + queue + ", into which changelog records can be sent: what is polled is acknowledged"
                                + " before it is delivered. Take them with a route that begins with " + queue);
            });
        }
    }

    private void check(RouteDefinition route) {
        find(route, AggregateDefinition.class).forEach(step -> aggregate(route, step));
        find(route, RecipientListDefinition.class)
                .forEach(step -> ignoring(route, "recipientList", step.getIgnoreInvalidEndpoints()));
        find(route, RoutingSlipDefinition.class)
                .forEach(step -> ignoring(route, "routingSlip", step.getIgnoreInvalidEndpoints()));
        find(route, DynamicRouterDefinition.class)
                .forEach(step -> ignoring(route, "dynamicRouter", step.getIgnoreInvalidEndpoints()));
        find(route, IdempotentConsumerDefinition.class).forEach(step -> idempotent(route, step));
        ReachableRoutes.destinations(route).forEach(uri -> destination(route, uri));
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
        KameletSteps.missing(new KameletCalls(context, model), route).ifPresent(kamelet -> {
            throw refused(
                    route,
                    "the kamelet '" + kamelet
                            + "' hands its results to the steps inside it, and there are none: what it"
                            + " makes would go nowhere. Write - kamelet: {name: " + kamelet
                            + "}, which takes the steps that follow it, not to: kamelet:" + kamelet);
        });
        deadLetter(route);
        if (configuration.isBatching()) {
            find(route, ExpressionNode.class).stream()
                    .filter(step -> step.getExpression() != null && !isInSplit(step))
                    .forEach(step -> recordHeader(route, step.getExpression().getExpression()));
        }
    }

    private void fields(RouteDefinition route, RecordFilters filters) {
        RecordFormat format = RecordFormat.withExtraFields(configuration.getExtraFlags());
        for (RecordFilterProcessor step : filters.ofRoute(route.getRouteId())) {
            try {
                step.filter().requireFieldsOf(format);
            } catch (IllegalArgumentException e) {
                throw refused(route, e.getMessage());
            }
        }
    }

    private void aggregate(RouteDefinition route, AggregateDefinition step) {
        String problem = AggregateSafety.problem(context, step);
        if (problem != null) {
            throw refused(route, problem);
        }
        if (step.getCloseCorrelationKeyOnCompletion() != null) {
            throw refused(
                    route,
                    "aggregate with closeCorrelationKeyOnCompletion refuses a group's records when they come again after"
                            + " its delivery has failed. Remove closeCorrelationKeyOnCompletion");
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

    private void idempotent(RouteDefinition route, IdempotentConsumerDefinition step) {
        String problem = IdempotentSafety.problem(context, step, LustreComponent.ACKNOWLEDGED);
        if (problem != null) {
            throw refused(route, problem);
        }
    }

    private void destination(RouteDefinition route, String uri) {
        if (uri.startsWith("disruptor")) {
            throw refused(
                    route,
                    "a disruptor: queue acknowledges a record when it has taken it. Use seda:, which holds it until it is"
                            + " processed");
        }
    }

    private void resequence(RouteDefinition route, ResequenceDefinition step) {
        BatchResequencerConfig batch = step.getBatchConfig();
        StreamResequencerConfig stream = step.getStreamConfig();
        if (stream != null && isTrue(stream.getIgnoreInvalidExchanges())
                || batch != null && isTrue(batch.getIgnoreInvalidExchanges())) {
            throw refused(
                    route,
                    "resequence with ignoreInvalidExchanges throws records away, and they would be held for ever. Remove"
                            + " ignoreInvalidExchanges");
        }
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
        if (ReachableRoutes.errorHandler(context, route) instanceof DeadLetterChannelDefinition channel
                && !"false".equals(CamelContextHelper.parseText(context, channel.getDeadLetterHandleNewException()))) {
            throw refused(
                    route,
                    "its deadLetterChannel would acknowledge a record although the dead letter itself failed. Set"
                            + " deadLetterHandleNewException: false");
        }
    }

    /** Whether it gets the parts of a batch. */
    private static boolean isInSplit(ProcessorDefinition<?> step) {
        for (ProcessorDefinition<?> around = step.getParent(); around != null; around = around.getParent()) {
            if (around instanceof SplitDefinition
                    || around instanceof KameletDefinition kamelet
                            && kamelet.getName().startsWith(SPLIT_KAMELET)) {
                return true;
            }
        }
        return false;
    }

    private void recordHeader(RouteDefinition route, String expression) {
        Matcher header = expression == null ? null : RECORD_HEADER.matcher(expression);
        if (header != null && header.find()) {
            throw refused(
                    route,
                    "'" + expression + "' asks for " + header.group()
                            + ", which a batch does not have. Filter with the kamelet lustre-filter-action, which makes a smaller batch of"
                            + " it (docs/filters.md), or set batching=false");
        }
    }

    private boolean isTrue(String option) {
        return option != null && Boolean.TRUE.equals(CamelContextHelper.parseBoolean(context, option));
    }

    static IllegalArgumentException refused(RouteDefinition route, String reason) {
        String where = route.getLocation() == null ? "" : " (" + route.getLocation() + ")";
        return new IllegalArgumentException("route '" + route.getRouteId() + "'" + where + ": " + reason);
    }
}

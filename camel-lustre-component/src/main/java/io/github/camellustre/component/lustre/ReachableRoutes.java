// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static io.github.camellustre.component.lustre.token.RouteSteps.find;

import io.github.camellustre.component.lustre.token.TemplateParameters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.errorhandler.RefErrorHandlerDefinition;
import org.apache.camel.support.CamelContextHelper;

/**
 * The routes that a record can come into: through direct and seda, error handlers and kamelets. Where a step decides
 * while running, all that can be sent to.
 */
final class ReachableRoutes {
    private final CamelContext context;
    private final Model model;
    private final Set<RouteDefinition> reached = new LinkedHashSet<>();
    private final Deque<RouteDefinition> open = new ArrayDeque<>();
    private final Set<String> queues = new HashSet<>();
    private boolean anyQueue;

    ReachableRoutes(CamelContext context, Model model) {
        this.context = context;
        this.model = model;
    }

    /** @param deadLetter address that the consumer itself sends to, or null */
    Set<RouteDefinition> from(String routeId, String deadLetter) {
        for (RouteDefinition route : model.getRouteDefinitions()) {
            if (routeId.equals(route.getRouteId()) || isKamelet(route)) {
                open.add(route);
            }
        }
        follow(deadLetter);
        while (!open.isEmpty()) {
            RouteDefinition route = open.remove();
            if (reached.add(route)) {
                during(route, () -> next(route));
            }
        }
        return reached;
    }

    private void next(RouteDefinition route) {
        destinations(route).forEach(this::follow);
        if (errorHandler(context, route) instanceof DeadLetterChannelDefinition channel) {
            follow(channel.getDeadLetterUri());
        }
        if (decidesWhileRunning(route)) {
            anyQueue = true;
            for (RouteDefinition other : model.getRouteDefinitions()) {
                if (input(other) != null) {
                    open.add(other);
                }
            }
        }
    }

    /** Where the route's steps send to, as far as it is written there. */
    static List<String> destinations(RouteDefinition route) {
        List<String> uris = new ArrayList<>();
        find(route, SendDefinition.class).forEach(send -> uris.add(send.getEndpointUri()));
        find(route, ToDynamicDefinition.class).forEach(send -> uris.add(String.valueOf(send.getUri())));
        return uris;
    }

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

    private void follow(String uri) {
        String name = queue(uri);
        if (name == null) {
            return;
        }
        queues.add(name);
        open.addAll(behind(uri));
    }

    /** The routes that take what is sent to this direct, seda or stub address; none for any other. */
    List<RouteDefinition> behind(String uri) {
        String name = queue(uri);
        return name == null
                ? List.of()
                : model.getRouteDefinitions().stream()
                        .filter(route -> name.equals(input(route)))
                        .toList();
    }

    /** What can be sent to in order to reach this route; null if nothing. */
    private String input(RouteDefinition route) {
        AtomicReference<String> name = new AtomicReference<>();
        if (route.getInput() != null) {
            during(route, () -> name.set(queue(route.getInput().getEndpointUri())));
        }
        return name.get();
    }

    private void during(RouteDefinition route, Runnable action) {
        TemplateParameters.during(context, route.getTemplateParameters(), action);
    }

    /** Scheme and name of a direct, seda or stub URI without its options; null for any other. */
    private String queue(String uri) {
        if (uri == null) {
            return null;
        }
        String text = uri.contains("{{") ? CamelContextHelper.parseText(context, uri) : uri;
        if (!text.startsWith("direct:") && !text.startsWith("seda:") && !text.startsWith("stub:")) {
            return null;
        }
        int options = text.indexOf('?');
        return (options < 0 ? text : text.substring(0, options)).replace("://", ":");
    }

    /** A queue with records that a step of this route takes from, in the midst of another exchange. */
    Optional<String> polledQueue(RouteDefinition route) {
        List<String> polled = new ArrayList<>();
        during(route, () -> {
            find(route, PollDefinition.class).forEach(poll -> polled.add(queue(poll.getEndpointUri())));
            find(route, PollEnrichDefinition.class).stream()
                    .filter(poll -> poll.getExpression() != null)
                    .forEach(poll -> polled.add(queue(poll.getExpression().getExpression())));
        });
        return polled.stream()
                .filter(name -> name != null && !name.startsWith("direct:"))
                .filter(name -> anyQueue || name.contains("${") || queues.contains(name))
                .findFirst();
    }

    /** The route's own, that of its configuration, or that of all routes. */
    static ErrorHandlerFactory errorHandler(CamelContext context, RouteDefinition route) {
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
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.CamelContextHelper;

/** Which routes the steps call that are kamelets. Camel makes a route for each kamelet and its parameters. */
final class KameletCalls {
    private static final String SCHEME = "kamelet:";

    private final CamelContext context;
    private final Model model;

    KameletCalls(CamelContext context, Model model) {
        this.context = context;
        this.model = model;
    }

    /** The route of the kamelet that this step calls; empty if it calls none. The route's template parameters must be known. */
    Optional<RouteDefinition> route(ProcessorDefinition<?> step) {
        return uri(step).flatMap(this::endpoint).map(endpoint -> model.getRouteDefinition(endpoint.getRouteId()));
    }

    /** Not by a look-up: an address whose characters Camel has encoded is not found again. */
    private Optional<KameletEndpoint> endpoint(String uri) {
        String name = name(CamelContextHelper.parseText(context, uri));
        return context.getEndpoints().stream()
                .filter(KameletEndpoint.class::isInstance)
                .map(KameletEndpoint.class::cast)
                .filter(endpoint -> name(endpoint.getEndpointUri()).equals(name))
                .findFirst();
    }

    /** Where the records of a source kamelet go on; empty for any other route. */
    Optional<RouteDefinition> caller(RouteDefinition kamelet) {
        Map<String, Object> parameters = kamelet.getTemplateParameters();
        return parameters == null || isKamelet(kamelet.getInput().getEndpointUri())
                ? Optional.empty()
                : Optional.ofNullable(model.getRouteDefinition(String.valueOf(parameters.get("parentRouteId"))));
    }

    private static String name(String uri) {
        return uri.replaceFirst("^kamelet:(//)?", "");
    }

    private static Optional<String> uri(ProcessorDefinition<?> step) {
        if (step instanceof KameletDefinition eip) {
            return Optional.of(SCHEME + eip.getName());
        }
        return step instanceof ToDefinition to && isKamelet(to.getEndpointUri()) && !isSink(step)
                ? Optional.of(to.getEndpointUri())
                : Optional.empty();
    }

    static boolean isKamelet(String uri) {
        return uri.startsWith(SCHEME);
    }

    /** Whether a step of a kamelet hands on to what called the kamelet. */
    static boolean isSink(ProcessorDefinition<?> step) {
        return step instanceof ToDefinition to && to.getEndpointUri().matches("kamelet:(//)?sink\\b.*");
    }
}

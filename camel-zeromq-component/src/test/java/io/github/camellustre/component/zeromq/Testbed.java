// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A Camel context with routes in YAML, whose processor {@code sink} keeps what it gets. */
final class Testbed implements AutoCloseable {
    /** What an exchange was when it came by. */
    record Taken(Object body, Object topic) {}

    final DefaultCamelContext context = new DefaultCamelContext();
    final ProducerTemplate template;
    private final List<Taken> taken = new ArrayList<>();

    Testbed() {
        context.getShutdownStrategy().setTimeout(10);
        context.getRegistry().bind("sink", (Processor) exchange -> take(exchange));
        template = context.createProducerTemplate();
        template.start();
    }

    private void take(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        synchronized (taken) {
            taken.add(new Taken(
                    body instanceof byte[] bytes ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8) : body,
                    exchange.getMessage().getHeader(ZeroMqConstants.TOPIC)));
        }
    }

    Testbed routes(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.camel.yaml", yaml));
        context.start();
        return this;
    }

    /** A route from {@code uri} to the sink. */
    Testbed receiving(String uri) throws Exception {
        return routes("- route: {id: receiving, from: {uri: '" + uri + "', steps: [{process: {ref: sink}}]}}");
    }

    /** A route from {@code direct:in} to {@code uri}. */
    Testbed sending(String uri) throws Exception {
        return routes("- route: {id: sending, from: {uri: direct:in, steps: [{to: '" + uri + "'}]}}");
    }

    List<Taken> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    /** Sends to {@code direct:in} and does not wait. @return the exchange when it is done */
    CompletableFuture<Exchange> send(ExchangePattern pattern, Object body) {
        Exchange exchange = new DefaultExchange(context, pattern);
        exchange.getIn().setBody(body);
        return template.asyncSend("direct:in", exchange);
    }

    /** Where the endpoint whose URI has that part is bound. */
    String bound(String part) {
        return endpoint(part).getBoundAddresses().get(0);
    }

    ZeroMqEndpoint endpoint(String routeOrUri) {
        return context.getEndpoints().stream()
                .filter(ZeroMqEndpoint.class::isInstance)
                .map(ZeroMqEndpoint.class::cast)
                .filter(each -> each.getEndpointUri().contains(routeOrUri))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until what fits into all queues and TCP's buffers is gone. @return how many messages that were */
    long awaitStandstill(String part) {
        long[] before = {-1};
        await().until(() -> {
            long sent = endpoint(part).getSent();
            boolean stands = sent >= 10 && sent == before[0];
            before[0] = sent;
            return stands;
        });
        return before[0];
    }

    @Override
    public void close() {
        template.stop();
        context.stop();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.support.DefaultInterceptSendToEndpoint;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Makes records that go into a {@code seda:} queue, or into a {@code stub:}, stay held until they are processed on the other side.
 *
 * <p>Camel hands the completion of an exchange over to the first queue only, and where the queue is full to nobody. So
 * each sending holds the tokens anew and hands that hold over; a full queue makes the sender wait, and one without
 * consumers keeps what it was given.
 */
final class QueueHold implements EndpointStrategy {
    private static final Map<String, Object> SAFE = Map.of(
            "blockWhenFull", true,
            "offerTimeout", 0,
            "discardWhenFull", false,
            "discardIfNoConsumers", false,
            "purgeWhenStopping", false);

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        String address = endpoint.getEndpointUri();
        // A stub is a queue, whatever it stands for.
        if (!address.startsWith("seda:") && !address.startsWith("stub:")) {
            return endpoint;
        }
        PropertyBindingSupport.build()
                .withCamelContext(endpoint.getCamelContext())
                .withTarget(endpoint)
                // a copy, because what has been set is removed from it
                .withProperties(new HashMap<>(SAFE))
                .bind();
        DefaultInterceptSendToEndpoint holding = new HoldingQueue(endpoint);
        holding.setBefore(new QueuedHold());
        return holding;
    }

    private static final class HoldingQueue extends DefaultInterceptSendToEndpoint {

        HoldingQueue(Endpoint queue) {
            super(queue, false);
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            boolean shared = getOriginalEndpoint() instanceof MultipleConsumersSupport multiple
                    && multiple.isMultipleConsumersSupported();
            return super.createConsumer(shared ? new OneOfSeveral(processor) : processor);
        }
    }

    /** With several consumers of one queue Camel does not care which of them failed. */
    private static final class OneOfSeveral extends DelegateAsyncProcessor {

        OneOfSeveral(Processor processor) {
            super(processor);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            return super.process(exchange, doneSync -> {
                HeldTokens tokens = HeldTokens.of(exchange);
                if (tokens != null && TokenRelease.hasFailed(exchange)) {
                    tokens.fail(TokenRelease.causeOf(exchange));
                }
                callback.done(doneSync);
            });
        }
    }
}

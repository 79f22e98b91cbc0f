// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.support.DefaultInterceptSendToEndpoint;
import org.apache.camel.support.PropertyBindingSupport;

/**
 * Makes records that go into a {@code seda:} queue stay held until they are processed on the other side.
 *
 * <p>Camel hands the completion of an exchange over to the first queue only, and where the queue is full to nobody. So
 * each sending holds the tokens anew and hands that hold over; and a full queue makes the sender wait.
 */
final class QueueHold implements EndpointStrategy {

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (!endpoint.getEndpointUri().startsWith("seda:")) {
            return endpoint;
        }
        PropertyBindingSupport.build()
                .withCamelContext(endpoint.getCamelContext())
                .withTarget(endpoint)
                .withProperties(Map.of("blockWhenFull", true, "offerTimeout", 0, "discardWhenFull", false))
                .bind();
        DefaultInterceptSendToEndpoint holding = new DefaultInterceptSendToEndpoint(endpoint, false);
        holding.setBefore(new BranchHold(null, true));
        return holding;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.support.PropertyBindingSupport;

/** Makes what is sent to {@code direct:} and {@code kamelet:} fail if nobody is there to take it, whatever its author wrote. */
final class ConsumerRequired implements EndpointStrategy {

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        String address = endpoint.getEndpointUri();
        if (address.startsWith("direct:") || address.startsWith("kamelet:")) {
            PropertyBindingSupport.build()
                    .withCamelContext(endpoint.getCamelContext())
                    .withTarget(endpoint)
                    // a copy, because what has been set is removed from it
                    .withProperties(new HashMap<>(Map.of("failIfNoConsumers", true)))
                    .bind();
        }
        return endpoint;
    }
}

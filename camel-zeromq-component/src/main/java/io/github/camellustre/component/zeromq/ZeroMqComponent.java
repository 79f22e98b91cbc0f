// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** ZeroMQ sockets as endpoints: see {@link ZeroMqEndpoint}. All of one component share a ZeroMQ context. */
@Component("zeromq")
public class ZeroMqComponent extends DefaultComponent {
    @Metadata(description = "Options that all endpoints take over unless they set their own.")
    private ZeroMqConfiguration configuration = new ZeroMqConfiguration();

    private SocketContext sockets;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ZeroMqEndpoint endpoint = new ZeroMqEndpoint(uri, this, configuration.copy());
        endpoint.setAddresses(remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** Valid from the start to the stop of the component. */
    SocketContext sockets() {
        return sockets;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        sockets = new SocketContext(getCamelContext());
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        if (sockets != null) {
            sockets.close();
            sockets = null;
        }
    }

    public ZeroMqConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(ZeroMqConfiguration configuration) {
        this.configuration = configuration;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready if the socket is bound, or connected to anybody; the counters of the endpoint are its details. Only readiness:
 * a restart does not bring a peer back.
 */
final class ZeroMqHealthCheck extends AbstractHealthCheck {
    private final ZeroMqEndpoint endpoint;
    private final Connections connections;
    private final Supplier<Throwable> failure;

    private ZeroMqHealthCheck(
            String id, ZeroMqEndpoint endpoint, Connections connections, Supplier<Throwable> failure) {
        super("zeromq", "zeromq-" + id);
        this.endpoint = endpoint;
        this.connections = connections;
        this.failure = failure;
    }

    /** @return null if the Camel context has no health checks */
    static ZeroMqHealthCheck register(
            CamelContext context,
            String id,
            ZeroMqEndpoint endpoint,
            Connections connections,
            Supplier<Throwable> failure) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        if (registry == null) {
            return null;
        }
        ZeroMqHealthCheck check = new ZeroMqHealthCheck(id, endpoint, connections, failure);
        check.setCamelContext(context);
        registry.register(check);
        return check;
    }

    static void unregister(CamelContext context, ZeroMqHealthCheck check) {
        if (check != null) {
            HealthCheckRegistry.get(context).unregister(check);
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("bound", String.join(", ", connections.bound()));
        builder.detail("connected", String.join(", ", connections.live()));
        builder.detail("sent", endpoint.getSent());
        builder.detail("dropped", endpoint.getDropped());
        builder.detail("received", endpoint.getReceived());
        builder.detail("replies", endpoint.getReplies());
        builder.detail("lostReplies", endpoint.getLostReplies());
        builder.detail("timedOut", endpoint.getTimedOut());
        builder.detail("failedHandshakes", endpoint.getFailedHandshakes());
        builder.up();
        Throwable cause = failure.get() == null ? endpoint.sockets().failure() : failure.get();
        if (cause != null) {
            builder.message(endpoint.getAddresses() + ": the socket has failed; restart the route")
                    .error(cause)
                    .down();
        } else if (!connections.isConnected()) {
            builder.message(endpoint.getAddresses() + ": no peer is connected").down();
        }
    }
}

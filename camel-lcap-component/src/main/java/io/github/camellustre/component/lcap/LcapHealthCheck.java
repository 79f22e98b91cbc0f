// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap;

import io.github.camellustre.component.lcap.server.GroupUse;
import java.util.Map;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready if readers can connect. Records that wait for a reader are a detail and no problem: a server that nobody may be sent
 * to because nobody is there would stay so.
 */
final class LcapHealthCheck extends AbstractHealthCheck {
    private final LcapEndpoint endpoint;
    private HealthCheckRegistry registry;

    private LcapHealthCheck(LcapEndpoint endpoint) {
        super("lcap", "lcap-" + endpoint.getHost() + ":" + endpoint.getPort() + "/" + endpoint.getGroup());
        this.endpoint = endpoint;
    }

    /** Null without a registry. */
    static LcapHealthCheck register(LcapEndpoint endpoint) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(endpoint.getCamelContext());
        if (registry == null) {
            return null;
        }
        LcapHealthCheck check = new LcapHealthCheck(endpoint);
        check.setCamelContext(endpoint.getCamelContext());
        check.registry = registry;
        registry.register(check);
        return check;
    }

    void unregister() {
        registry.unregister(this);
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        GroupUse use = endpoint.use();
        if (use == null) {
            builder.message(getId() + ": no route sends to it").down();
            return;
        }
        if (!use.server().isAlive()) {
            builder.message(getId() + ": its server has died: see the log, and restart")
                    .down();
            return;
        }
        builder.up();
        use.counters().forEach((mdt, counters) -> {
            builder.detail(mdt + ".readers", counters.readers());
            builder.detail(mdt + ".held", counters.held());
            builder.detail(mdt + ".acknowledged", counters.acknowledged());
            builder.detail(mdt + ".redelivered", counters.redelivered());
            builder.detail(mdt + ".released", counters.released());
        });
    }
}

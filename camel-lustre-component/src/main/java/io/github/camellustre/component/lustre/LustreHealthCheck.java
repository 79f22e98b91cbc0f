// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ack.ConsumerStatus;
import io.github.camellustre.changelog.reader.MdtStatus;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready if every MDT of a consumer is read, cleared and delivered. Only readiness: a restart mends none of these. */
final class LustreHealthCheck extends AbstractHealthCheck {
    private final LustreConsumer consumer;

    LustreHealthCheck(LustreConsumer consumer, String routeId) {
        super("lustre", "lustre-" + routeId);
        this.consumer = consumer;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.up();
        for (MdtStatus status : consumer.status()) {
            String mdt = status.mdt();
            builder.detail(mdt + ".state", status.state().toString());
            builder.detail(mdt + ".readIndex", status.ledger().readIndex());
            builder.detail(mdt + ".cleared", status.ledger().cleared());
            builder.detail(mdt + ".lag", status.lag());
            builder.detail(mdt + ".readErrors", status.readErrors());
            builder.detail(mdt + ".clearErrors", status.ledger().clearErrors());
            builder.detail(mdt + ".checkpointErrors", status.ledger().checkpointErrors());
            builder.detail(mdt + ".gaps", status.ledger().gaps());
            builder.detail(mdt + ".late", status.ledger().late());
            for (ConsumerStatus each : status.consumers()) {
                builder.detail(mdt + "." + each.name() + ".state", each.state().toString());
                builder.detail(mdt + "." + each.name() + ".position", each.position());
                builder.detail(mdt + "." + each.name() + ".waitingFor", each.waitingFor());
                builder.detail(mdt + "." + each.name() + ".heldForMillis", each.heldForMillis());
                if (each.failure() != null) {
                    down(
                            builder,
                            mdt + ": consumer '" + each.name() + "' fails at index " + each.waitingFor() + ": "
                                    + each.failure());
                }
            }
            if (status.problem() != null) {
                down(builder, status.problem());
            }
            if (status.clearProblem() != null) {
                down(builder, status.clearProblem());
            }
        }
    }

    private static void down(HealthCheckResultBuilder builder, String message) {
        builder.message(message).down();
    }
}

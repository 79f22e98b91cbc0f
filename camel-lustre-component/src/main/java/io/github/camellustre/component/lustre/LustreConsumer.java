// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ack.ConsumerOptions;
import io.github.camellustre.changelog.ack.ConsumerStatus;
import io.github.camellustre.changelog.ack.StartFrom;
import io.github.camellustre.changelog.reader.ChangelogService;
import io.github.camellustre.changelog.reader.MdtPattern;
import io.github.camellustre.changelog.reader.MdtStatus;
import io.github.camellustre.changelog.reader.Subscription;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings changelog records into a route. A thin end of the reading that all consumers of a source share.
 *
 * <p>It is suspendable, or Camel would take the route's processors away at a stop before the last batch is through.
 */
public class LustreConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {
    private static final Logger LOG = LoggerFactory.getLogger(LustreConsumer.class);

    private final LustreEndpoint endpoint;
    private String name;
    private volatile ChangelogService service;
    private volatile Subscription subscription;
    private LustreHealthCheck healthCheck;
    private HealthCheckRegistry healthChecks;

    LustreConsumer(LustreEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        LustreConfiguration configuration = endpoint.getConfiguration();
        Model model = endpoint.getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
        name = configuration.getConsumer() == null ? stableRouteId(model) : configuration.getConsumer();
        RouteSafety.check(getEndpoint().getCamelContext(), getRouteId(), configuration, endpoint.filters());
        service = endpoint.readers().service(configuration);
        subscription = service.subscribe(
                new MdtPattern(endpoint.getMdts()),
                options(configuration, types(configuration, model)),
                new ExchangeHandler(this, configuration));
        endpoint.readers().subscribed(service);
        addHealthCheck();
    }

    /** Stable name under which its positions are kept. */
    String name() {
        return name;
    }

    /** The id of a kamelet's route counts up from one start to the next: there, that of the route which uses it. */
    private String stableRouteId(Model model) {
        RouteDefinition route = model == null ? null : model.getRouteDefinition(getRouteId());
        Map<String, Object> template = route == null ? null : route.getTemplateParameters();
        Object user = template == null ? null : template.get("parentRouteId");
        return user == null ? getRouteId() : user.toString();
    }

    private ConsumerOptions options(LustreConfiguration from, BitSet types) {
        return new ConsumerOptions(
                name,
                from.getAck(),
                from.getRedelivery(),
                types,
                StartFrom.parse(from.getStartFrom()),
                from.isBatching(),
                from.getMaxBatch(),
                from.getMaxInFlight(),
                from.getMaxInFlightBytes(),
                from.getMaxRedeliveries(),
                from.getOnExhausted(),
                Duration.ofMillis(from.getRedeliveryDelay()),
                Duration.ofMillis(from.getMaxRedeliveryDelay()));
    }

    /** The types that somebody wants: those asked for, less those that the route's first steps filter out. */
    private BitSet types(LustreConfiguration from, Model model) {
        BitSet asked = RecordTypes.parse(from.getTypes());
        Optional<BitSet> passing = model == null
                ? Optional.empty()
                : new LeadingFilters(endpoint.getCamelContext(), model, endpoint.filters()).types(getRouteId());
        if (asked == null || passing.isEmpty()) {
            return asked == null ? passing.orElse(null) : asked;
        }
        asked.and(passing.get());
        return asked;
    }

    private void addHealthCheck() {
        healthChecks = HealthCheckRegistry.get(endpoint.getCamelContext());
        if (healthChecks != null) {
            healthCheck = new LustreHealthCheck(this, getRouteId());
            healthCheck.setCamelContext(endpoint.getCamelContext());
            healthChecks.register(healthCheck);
        }
    }

    @Override
    protected void doSuspend() throws Exception {
        if (subscription != null) {
            subscription.suspend();
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        if (subscription != null) {
            subscription.resume();
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (healthChecks != null && healthCheck != null) {
            healthChecks.unregister(healthCheck);
            healthCheck = null;
        }
        if (subscription != null) {
            for (ConsumerStatus status : subscription.status()) {
                if (status.outstanding() > 0) {
                    LOG.warn(
                            "Consumer '{}' stops while {} records are on their way, from index {} on: they will be delivered again",
                            status.name(),
                            status.outstanding(),
                            status.waitingFor());
                }
            }
            subscription.stop();
            subscription = null;
        }
        super.doStop();
    }

    /** No: so Camel suspends it first, and stops it when nothing is on its way any more. If deferred it would go on reading. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        Subscription current = subscription;
        return current == null ? 0 : (int) Math.min(Integer.MAX_VALUE, current.outstanding());
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // suspending is all it takes: see ExchangeHandler.onOnlyGroupsHold
    }

    /** The MDTs that this consumer is served from. */
    List<MdtStatus> status() {
        Subscription current = subscription;
        if (current == null) {
            return List.of();
        }
        List<String> mdts = current.mdts();
        return service.status().stream()
                .filter(status -> mdts.contains(status.mdt()))
                .toList();
    }
}

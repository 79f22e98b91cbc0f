// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.filter.RecordFilter;
import io.github.camellustre.component.lustre.token.FilteredOut;
import java.util.Arrays;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.spi.IdAware;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the records through that a filter wants (docs/filters.md): of a batch, a smaller batch. Where nothing is left the
 * exchange ends here, which acknowledges its records. The kamelet {@code lustre-filter-action} is made of it.
 *
 * <p>For one step of one route. Any thread may send through it.
 */
public final class RecordFilterProcessor extends ServiceSupport
        implements Processor, CamelContextAware, IdAware, RouteIdAware {
    private static final Logger LOG = LoggerFactory.getLogger(RecordFilterProcessor.class);

    private RecordFilter filter = RecordFilter.ALL;
    private FilterCounters counters = new FilterCounters(this, RecordFilter.ALL);
    private CamelContext context;
    private String id;
    private String routeId;

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        if (body instanceof ChangelogRecord record) {
            counters.received(1);
            if (!wants(new RecordCursor().moveTo(record))) {
                end(exchange);
            }
        } else if (body instanceof ChangelogBatch batch) {
            counters.received(batch.size());
            ChangelogBatch wanted = wanted(batch);
            if (wanted.isEmpty()) {
                end(exchange);
            } else if (wanted.size() < batch.size()) {
                message.setBody(wanted);
                BatchHeaders.set(wanted, message);
            }
        } else {
            throw new IllegalArgumentException("the filter '" + filter + "' of route '" + routeId
                    + "' takes a changelog record or a batch of them, and got "
                    + (body == null ? "nothing" : body.getClass().getName())
                    + ": move it before the step that changes the body");
        }
    }

    private ChangelogBatch wanted(ChangelogBatch batch) {
        RecordCursor cursor = new RecordCursor();
        int[] wanted = new int[batch.size()];
        int count = 0;
        for (int position = 0; position < wanted.length; position++) {
            if (wants(cursor.moveTo(batch, position))) {
                wanted[count++] = position;
            }
        }
        return count == wanted.length ? batch : batch.pick(Arrays.copyOf(wanted, count));
    }

    private boolean wants(RecordCursor record) {
        int unmet = filter.firstUnmet(record);
        if (unmet == RecordFilter.NONE) {
            return true;
        }
        counters.dropped(unmet, record);
        return false;
    }

    private static void end(Exchange exchange) {
        FilteredOut.end(exchange);
        // What is filtered out is acknowledged, with ack=manual too: nobody behind could do it.
        LustreAcknowledgement manual =
                exchange.getMessage().getHeader(LustreConstants.ACKNOWLEDGEMENT, LustreAcknowledgement.class);
        if (manual != null) {
            manual.acknowledge();
        }
    }

    /** What it has done since it was made. */
    public FilterStatus status() {
        return counters.status();
    }

    @Override
    protected void doInit() {
        context.getComponent("lustre", LustreComponent.class).filters().add(this);
    }

    @Override
    protected void doStart() throws Exception {
        context.addService(counters, false);
    }

    @Override
    protected void doStop() throws Exception {
        context.removeService(counters);
        FilterStatus status = status();
        LOG.info(
                "Filter '{}' of route '{}' let {} of {} records through; dropped by term: {}",
                filter,
                routeId,
                status.passed(),
                status.received(),
                status.dropped());
    }

    @Override
    protected void doShutdown() {
        context.getComponent("lustre", LustreComponent.class).filters().remove(this);
    }

    RecordFilter filter() {
        return filter;
    }

    public String getFilter() {
        return filter.toString();
    }

    /**
     * Which records go on, as {@code type=CREAT,UNLNK name=*.c}; the default is all. A term {@code path=/a/b} needs records
     * whose paths a step before has looked up.
     *
     * @throws IllegalArgumentException naming the term and what is possible
     */
    public void setFilter(String text) {
        filter = RecordFilter.parseWithPaths(text);
        counters = new FilterCounters(this, filter);
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public void setId(String id) {
        this.id = id;
    }

    @Override
    public String getRouteId() {
        return routeId;
    }

    @Override
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }
}

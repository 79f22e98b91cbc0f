// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBody;
import io.github.camellustre.component.lcap.server.GroupUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.support.DefaultAsyncProducer;

/** Brings the records of exchanges to the readers of a group. An exchange completes, on another thread, when all are acknowledged. */
final class LcapProducer extends DefaultAsyncProducer implements RouteIdAware {
    private final LcapEndpoint endpoint;
    private String routeId = "";
    private volatile GroupUse group;

    LcapProducer(LcapEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            ChangelogBatch records = records(exchange.getMessage().getBody());
            if (!records.isEmpty()) {
                offer(records, exchange, callback);
                return false;
            }
        } catch (RuntimeException e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private static ChangelogBatch records(Object body) {
        List<ChangelogRecord> records = RecordBody.records(body);
        return records instanceof ChangelogBatch batch ? batch : ChangelogBatch.of(records);
    }

    private void offer(ChangelogBatch records, Exchange exchange, AsyncCallback callback) {
        GroupUse current = group;
        if (current == null) {
            throw new IllegalStateException(endpoint + " has stopped: the records come again after its start");
        }
        if (isOfOneMdt(records)) {
            current.offer(records, new ExchangeEnd(exchange, callback, 1));
            return;
        }
        Map<String, List<ChangelogRecord>> parts = new LinkedHashMap<>();
        for (ChangelogRecord record : records) {
            parts.computeIfAbsent(record.mdt(), mdt -> new ArrayList<>()).add(record);
        }
        ExchangeEnd end = new ExchangeEnd(exchange, callback, parts.size());
        parts.values().forEach(part -> current.offer(ChangelogBatch.of(part), end));
    }

    private static boolean isOfOneMdt(ChangelogBatch records) {
        String mdt = records.mdt(0);
        for (int record = 1; record < records.size(); record++) {
            if (!records.mdt(record).equals(mdt)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String getRouteId() {
        return routeId;
    }

    @Override
    public void setRouteId(String id) {
        routeId = id == null ? "" : id;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        group = endpoint.open(routeId);
    }

    @Override
    protected void doStop() throws Exception {
        GroupUse current = group;
        if (current != null) {
            group = null;
            endpoint.close(current);
        }
        super.doStop();
    }
}

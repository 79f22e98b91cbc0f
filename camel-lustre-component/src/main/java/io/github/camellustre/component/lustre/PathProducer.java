// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBody;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.path.PathHandler;
import io.github.camellustre.changelog.path.PathResolver;
import io.github.camellustre.changelog.path.PathStep;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Adds paths to the records of an exchange. The exchange goes on when they are found, or it is known that they are not. */
final class PathProducer extends DefaultAsyncProducer {
    private final LustreEndpoint endpoint;
    private final String prefix;
    private volatile PathResolver resolver;
    private volatile PathStep step;

    PathProducer(LustreEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.prefix = endpoint.getMdts() + "-";
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Object body = exchange.getMessage().getBody();
            List<ChangelogRecord> records = RecordBody.records(body);
            check(records);
            if (endpoint.getOperation() == PathOperation.path) {
                step.resolve(records, new Handler(exchange, callback, body, records));
                return false;
            }
            resolver.learn(records);
        } catch (RuntimeException | Error e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    /** FIDs of two file systems may be the same. */
    private void check(List<ChangelogRecord> records) {
        String last = null;
        for (int i = 0; i < records.size(); i++) {
            String mdt = records instanceof ChangelogBatch batch
                    ? batch.mdt(i)
                    : records.get(i).mdt();
            if (!mdt.equals(last) && !mdt.startsWith(prefix)) {
                throw new IllegalArgumentException(endpoint.getEndpointUri() + ": a record of " + mdt
                        + " is not of the file system " + endpoint.getMdts()
                        + ": send it to an endpoint that bears the name of its own");
            }
            last = mdt;
        }
    }

    private record Handler(Exchange exchange, AsyncCallback callback, Object body, List<ChangelogRecord> records)
            implements PathHandler {
        @Override
        public void onPaths(List<RecordPaths> paths) {
            try {
                show(paths);
            } catch (RuntimeException | Error e) {
                // an exchange whose end nobody is told of would hold its records for good
                exchange.setException(e);
            }
            callback.done(false);
        }

        private void show(List<RecordPaths> paths) {
            if (body instanceof ChangelogRecord record) {
                RecordMessage.show(exchange.getMessage(), record.withPaths(paths.get(0)));
            } else {
                ChangelogBatch batch = records instanceof ChangelogBatch whole ? whole : ChangelogBatch.of(records);
                exchange.getMessage().setBody(batch.withPaths(paths));
            }
        }

        @Override
        public void onFailure(Throwable cause) {
            exchange.setException(cause);
            callback.done(false);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        resolver = endpoint.resolvers().acquire(endpoint.getMdts(), endpoint.getPaths());
        step = resolver.step();
    }

    @Override
    protected void doStop() throws Exception {
        if (resolver != null) {
            resolver = null;
            endpoint.resolvers().release(endpoint.getMdts());
        }
        super.doStop();
    }
}

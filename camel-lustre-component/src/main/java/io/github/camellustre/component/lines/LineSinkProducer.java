// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import io.github.camellustre.changelog.RecordBody;
import java.nio.file.Path;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Sends the records of an exchange to their files; the exchange completes on the thread that wrote them. */
final class LineSinkProducer extends DefaultAsyncProducer {
    private final LineSinkComponent component;
    private final Path path;
    private final LineForm form;
    private final LineOptions options;
    private volatile LineDirectory directory;

    LineSinkProducer(LineSinkEndpoint endpoint, Path path, LineForm form, LineOptions options) {
        super(endpoint);
        this.component = (LineSinkComponent) endpoint.getComponent();
        this.path = path;
        this.form = form;
        this.options = options;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            return directory.send(RecordBody.records(exchange.getMessage().getBody()), exchange, callback);
        } catch (LineFileException | RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        directory = component.acquire(path, form, options);
    }

    @Override
    protected void doStop() throws Exception {
        if (directory != null) {
            directory = null;
            component.release(path, form);
        }
        super.doStop();
    }
}

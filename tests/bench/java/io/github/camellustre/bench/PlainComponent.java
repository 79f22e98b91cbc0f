// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.ChangelogStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * The least that any push consumer does: an exchange with the record and one header, no acknowledgement, no window, no
 * position. What {@code lustre:} is measured against.
 */
final class PlainComponent extends DefaultComponent {
    private final ChangelogStream stream;
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    PlainComponent(ChangelogStream stream) {
        this.stream = stream;
    }

    /** Lets the records go, and waits until the last has entered the route. */
    void run() throws InterruptedException {
        begin.countDown();
        done.await();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new PlainConsumer(this, processor);
            }
        };
    }

    private final class PlainConsumer extends DefaultConsumer {
        PlainConsumer(Endpoint endpoint, Processor processor) {
            super(endpoint, processor);
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            new Thread(this::push, "plain").start();
        }

        private void push() {
            try {
                begin.await();
                AsyncCallback nothing = doneSync -> {};
                for (RecordBlock block = stream.read(4_096, 256 << 10);
                        !block.isEmpty();
                        block = stream.read(4_096, 256 << 10)) {
                    for (int i = 0; i < block.count(); i++) {
                        Exchange exchange = createExchange(false);
                        exchange.getIn().setBody(block.record(i));
                        exchange.getIn()
                                .setHeader(
                                        "CamelLustreType",
                                        block.record(i).type().toString());
                        getAsyncProcessor().process(exchange, nothing);
                    }
                }
                done.countDown();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

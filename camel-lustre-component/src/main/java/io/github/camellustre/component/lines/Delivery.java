// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** One exchange under way to the files of its MDTs: complete when all parts are, failed if one is. Parts report from different threads. */
final class Delivery {
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final AtomicInteger parts;
    private volatile Throwable failure;

    Delivery(Exchange exchange, AsyncCallback callback, int parts) {
        this.exchange = exchange;
        this.callback = callback;
        this.parts = new AtomicInteger(parts);
    }

    /** Nobody else has it before the last part is done. */
    Exchange exchange() {
        return exchange;
    }

    /** @param problem null if this part is in its file */
    void partDone(Throwable problem) {
        if (problem != null) {
            failure = problem;
        }
        if (parts.decrementAndGet() == 0) {
            if (failure != null) {
                exchange.setException(failure);
            }
            callback.done(false);
        }
    }
}

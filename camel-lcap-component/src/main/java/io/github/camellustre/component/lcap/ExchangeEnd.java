// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * Completes an exchange when its records of each MDT are done. It is rolled back if the group has given some of them up, which
 * it does at a stop only. An exception would be worse there: a dead letter would take what has only to come again, and
 * Camel would log each of what may be thousands of exchanges.
 */
final class ExchangeEnd implements Consumer<Throwable> {
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final AtomicInteger parts;
    private volatile Throwable failure;

    ExchangeEnd(Exchange exchange, AsyncCallback callback, int parts) {
        this.exchange = exchange;
        this.callback = callback;
        this.parts = new AtomicInteger(parts);
    }

    @Override
    public void accept(Throwable problem) {
        if (problem != null) {
            failure = problem;
        }
        if (parts.decrementAndGet() == 0) {
            if (failure != null) {
                exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, failure);
                exchange.setRollbackOnly(true);
            }
            callback.done(false);
        }
    }
}

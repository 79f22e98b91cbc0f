// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** A message on its way to a socket, and the exchange that waits for it. */
final class Outgoing {
    private final byte[][] frames;
    private final boolean wantsReply;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final long since = System.nanoTime();
    private final long timeoutNanos;

    /** @param timeoutMillis 0: waits for ever */
    Outgoing(byte[][] frames, boolean wantsReply, long timeoutMillis, Exchange exchange, AsyncCallback callback) {
        this.frames = frames;
        this.wantsReply = wantsReply;
        this.timeoutNanos = timeoutMillis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        this.exchange = exchange;
        this.callback = callback;
    }

    byte[][] frames() {
        return frames;
    }

    boolean wantsReply() {
        return wantsReply;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Milliseconds until it has waited long enough, 0 if it has, {@link SocketWork#NEVER} if it waits for ever. */
    long patience() {
        if (timeoutNanos == Long.MAX_VALUE) {
            return SocketWork.NEVER;
        }
        long left = timeoutNanos - (System.nanoTime() - since);
        return left <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1;
    }

    /** The rest of the route runs within. */
    void complete() {
        callback.done(false);
    }

    void fail(Exception cause) {
        exchange.setException(cause);
    }
}

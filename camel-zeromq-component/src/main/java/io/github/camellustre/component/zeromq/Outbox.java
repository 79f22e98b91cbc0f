// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Messages that wait for a socket, in the order in which they came. Any thread adds; the rest is for the thread of the
 * socket.
 */
final class Outbox<T> {
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** @return false if the socket is closed, and takes nothing any more */
    boolean add(T message) {
        waiting.add(message);
        // Added before it looks: either it sees that the socket is closed, or who closes it finds the message.
        return !closed || !waiting.remove(message);
    }

    /** @return null if nothing waits */
    T first() {
        return waiting.peek();
    }

    /** @return null if nothing waits */
    T removeFirst() {
        return waiting.poll();
    }

    void close() {
        closed = true;
    }
}

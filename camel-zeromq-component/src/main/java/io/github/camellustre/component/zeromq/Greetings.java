// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Connections that are made but not greeted yet, and when ZeroMQ's I/O thread must look at them once more.
 *
 * <p>JeroMQ 0.6.0 forgets now and then to watch a connection that it has just made: where its poller drops the handle of
 * the connector and takes that of the engine in one turn. The next change of what it watches mends that. To connect anew
 * would be worse: the forgotten connection wakes up with it, and a ROUTER without hand-over that knows its identity by
 * then drops all that comes by the other.
 */
final class Greetings {
    /** A round trip takes less in most networks; a look too many costs nothing but a listening socket. */
    private static final long FIRST_LOOK_MILLIS = 50;

    private final Set<String> awaited = new HashSet<>();
    private long lookMillis;
    private long due;

    synchronized void connected(String address) {
        awaited.add(address);
        schedule(FIRST_LOOK_MILLIS);
    }

    /** The greeting came, or the connection ended without it. */
    synchronized void settled(String address) {
        awaited.remove(address);
    }

    private void schedule(long millis) {
        lookMillis = millis;
        due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** @return milliseconds until {@link #takeLook} says yes, or {@link SocketWork#NEVER} */
    synchronized long pause() {
        if (awaited.isEmpty()) {
            return SocketWork.NEVER;
        }
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime()) + 1);
    }

    /** Whether the time for a look has come; the next one then has twice as long. */
    synchronized boolean takeLook() {
        if (awaited.isEmpty() || due - System.nanoTime() > 0) {
            return false;
        }
        schedule(2 * lookMillis);
        return true;
    }
}

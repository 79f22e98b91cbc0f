// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which addresses must be connected anew because JeroMQ 0.6.0 does not do it:
 *
 * <ul>
 *   <li>After a peer broke the protocol or had other keys it never tries again.
 *   <li>Now and then it forgets to watch a connection that it has just made: where its poller learns in one turn that
 *       the connection is there and that its engine wants it. Such a one is never greeted. A slow peer is not either, so
 *       each attempt has twice as long. Only as long as nobody was there: later there may be messages in its queue,
 *       which would be lost; then the time-out of the handshake mends it.
 * </ul>
 */
final class Reconnection {
    private static final long GIVEN_UP_MILLIS = 1_000;
    private static final long FIRST_GREETING_MILLIS = 250;
    private static final long LAST_GREETING_MILLIS = 16_000;

    private final long givenUpMillis;
    private final Map<String, Long> due = new HashMap<>();
    private final Set<String> greetedBefore = new HashSet<>();
    private final Map<String, Long> greetingMillis = new HashMap<>();

    Reconnection(int reconnectInterval) {
        this.givenUpMillis = Math.max(GIVEN_UP_MILLIS, 2L * reconnectInterval);
    }

    /** ZeroMQ tries by itself. */
    synchronized void trying(String address) {
        due.remove(address);
    }

    synchronized void connected(String address) {
        due.remove(address);
        if (!greetedBefore.contains(address)) {
            long millis = greetingMillis.getOrDefault(address, FIRST_GREETING_MILLIS);
            greetingMillis.put(address, Math.min(2 * millis, LAST_GREETING_MILLIS));
            schedule(address, millis);
        }
    }

    synchronized void greeted(String address) {
        due.remove(address);
        greetedBefore.add(address);
        greetingMillis.remove(address);
    }

    /** If nothing is heard of it soon, ZeroMQ has given it up. */
    synchronized void ended(String address) {
        schedule(address, givenUpMillis);
    }

    private void schedule(String address, long millis) {
        due.put(address, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** @return milliseconds until {@link #take} has an address, or {@link SocketWork#NEVER} */
    synchronized long pause() {
        if (due.isEmpty()) {
            return SocketWork.NEVER;
        }
        long now = System.nanoTime();
        return due.values().stream()
                .mapToLong(at -> Math.max(0, TimeUnit.NANOSECONDS.toMillis(at - now) + 1))
                .min()
                .orElse(SocketWork.NEVER);
    }

    /** Those to connect anew, now. */
    synchronized List<String> take() {
        if (due.isEmpty()) {
            return List.of();
        }
        long now = System.nanoTime();
        List<String> ready = new ArrayList<>();
        due.forEach((address, at) -> {
            if (at - now <= 0) {
                ready.add(address);
            }
        });
        ready.forEach(due::remove);
        ready.forEach(greetedBefore::remove);
        return ready;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which addresses must be connected anew because JeroMQ 0.6.0 does not do it: after a peer broke the protocol or had
 * other keys it never tries again.
 */
final class Reconnection {
    private static final long GIVEN_UP_MILLIS = 1_000;

    private final long givenUpMillis;
    private final Map<String, Long> due = new HashMap<>();

    Reconnection(int reconnectInterval) {
        this.givenUpMillis = Math.max(GIVEN_UP_MILLIS, 2L * reconnectInterval);
    }

    /** ZeroMQ tries by itself, or has done so. */
    synchronized void trying(String address) {
        due.remove(address);
    }

    /** If nothing is heard of it soon, ZeroMQ has given it up. */
    synchronized void ended(String address) {
        due.put(address, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(givenUpMillis));
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
        return ready;
    }
}

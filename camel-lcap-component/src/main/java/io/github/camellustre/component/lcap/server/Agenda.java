// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.TreeSet;

/** Which engines have to be called, at once or at a time. */
final class Agenda {
    private final Queue<ServedMdt> touched = new ArrayDeque<>();
    private final TreeSet<ServedMdt> later =
            new TreeSet<>(Comparator.comparingLong(ServedMdt::dueAt).thenComparing(ServedMdt::toString));

    /** Something has happened to it: its turn comes at once. */
    void touch(ServedMdt mdt) {
        if (mdt.touch()) {
            touched.add(mdt);
        }
    }

    /** The next one whose turn it is, or null. */
    ServedMdt next(long now) {
        while (!later.isEmpty() && later.first().dueAt() <= now) {
            touch(later.pollFirst());
        }
        return touched.poll();
    }

    /** Its turn is over; the next is at that time, or when something happens ({@link Long#MAX_VALUE}). */
    void settled(ServedMdt mdt, long at) {
        later.remove(mdt);
        mdt.settled(at);
        if (at != Long.MAX_VALUE) {
            later.add(mdt);
        }
    }

    /** It has gone. */
    void forget(ServedMdt mdt) {
        settled(mdt, Long.MAX_VALUE);
        touched.remove(mdt);
    }

    /** When something is due next, if nothing happens before. */
    long nextAt() {
        return later.isEmpty() ? Long.MAX_VALUE : later.first().dueAt();
    }
}

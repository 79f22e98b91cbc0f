// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import java.time.Duration;

/**
 * When the lease of the batch that is out is to be renewed, and whether the application still lives: one that hangs loses
 * its batch in the end. Guarded by the desk's lock, but for {@link #touch}.
 */
final class LeaseWatch {
    private final Duration silence;
    private long due;
    private volatile boolean touched;
    private long touchedAt = System.nanoTime();

    /** @param silence without a call of the application for so long, it hangs */
    LeaseWatch(Duration silence) {
        this.silence = silence;
    }

    /** The application has called. Any thread, and cheap: no look at the clock. */
    void touch() {
        touched = true;
    }

    /** The server has just been heard of, or will be. */
    void renewed(long now, Duration lease) {
        due = now + lease.toNanos() / 3;
    }

    boolean isDue(long now) {
        return now - due >= 0;
    }

    long untilDue(long now) {
        return due - now;
    }

    boolean isAlive(long now) {
        if (touched) {
            touched = false;
            touchedAt = now;
        }
        return now - touchedAt < silence.toNanos();
    }
}

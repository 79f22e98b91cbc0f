// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import java.util.function.LongSupplier;

/** How far a log has grown: from where it stood, by so many records a second, to its last record. */
final class LogClock {
    private static final long SECOND = 1_000_000_000L;

    private final long records;
    private final long rate;
    private final long before;
    private final LongSupplier nanoTime;
    private final long start;

    /**
     * @param records that there will ever be
     * @param rate records per second, above 0
     * @param before records that were there when the clock started
     */
    LogClock(long records, long rate, long before, LongSupplier nanoTime) {
        this.records = records;
        this.rate = rate;
        this.before = before;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Index of the newest record now. */
    long newest() {
        long elapsed = nanoTime.getAsLong() - start;
        long grown = elapsed / SECOND * rate + elapsed % SECOND * rate / SECOND;
        return Math.min(records, before + grown);
    }

    /** Nanoseconds until the record is there; {@link Long#MAX_VALUE} if it never will be. */
    long nanosUntil(long index) {
        if (index > records) {
            return Long.MAX_VALUE;
        }
        long missing = index - before;
        if (missing <= 0) {
            return 0;
        }
        if (missing / rate > Long.MAX_VALUE / SECOND / 2) {
            return Long.MAX_VALUE;
        }
        // Rounded up: a waiter that wakes a nanosecond early would have to wait again.
        long due = missing / rate * SECOND + (missing % rate * SECOND + rate - 1) / rate;
        return Math.max(0, due - (nanoTime.getAsLong() - start));
    }
}

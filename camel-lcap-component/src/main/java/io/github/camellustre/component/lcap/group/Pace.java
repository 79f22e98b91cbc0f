// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import java.util.concurrent.TimeUnit;

/**
 * How many records one reader is given at a time, and when. The size follows the reader: what it acknowledges in half a
 * second, at most twice the last full batch; so a slow reader holds little that others could do, and little is repeated
 * when it dies. The wait follows the flow: where it brings at least {@link #WORTHWHILE} records while one waits, a
 * reader is given a batch every {@code maxWait} unless a full one is there before; where it brings fewer, they go out
 * as they come.
 */
final class Pace {
    static final long WORK = TimeUnit.MILLISECONDS.toNanos(500);
    static final int WORTHWHILE = 16;
    private static final int FIRST = 64;
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final BatchLimits limits;
    private int most;
    private int size;
    private long given;
    private boolean hasGiven;

    Pace(BatchLimits limits) {
        this.limits = limits;
        this.most = limits.maxBatch();
        this.size = Math.min(Math.max(FIRST, limits.minBatch()), most);
    }

    /** The reader itself wants no more than these. */
    void atMost(int records) {
        most = Math.min(Math.max(records, limits.minBatch()), limits.maxBatch());
    }

    /** Records of the next batch, if so many are there. */
    int size() {
        return Math.min(size, most);
    }

    /** A batch has gone out. */
    void gave(long now) {
        given = now;
        hasGiven = true;
    }

    /** A batch has been acknowledged to its end, {@code nanos} after it went out. */
    void acknowledged(int records, long nanos) {
        double fits = (double) records * WORK / Math.max(nanos, 1);
        if (nanos > WORK) {
            size = (int) Math.max(fits, limits.minBatch());
        } else if (records >= size()) {
            size = (int) Math.min(Math.min(fits, 2.0 * size()), limits.maxBatch());
        }
    }

    /**
     * Until when to wait for more, if fewer than {@link #size} are there.
     *
     * @param rate records that come per second
     */
    long holdsUntil(double rate, long now) {
        if (!hasGiven || rate * limits.maxWait() / SECOND < WORTHWHILE) {
            return now;
        }
        return given + limits.maxWait();
    }
}

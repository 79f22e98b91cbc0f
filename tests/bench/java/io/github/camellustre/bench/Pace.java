// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * When a source's records are there: at once, or so many a second after a warm-up. Record N is then stamped with the moment it should be
 * there, not with that of its reading, so that a reader that is late sees how late.
 */
final class Pace {
    static final Pace ENDLESS = new Pace(0, 0, 0, 0);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Records a second while it warms up: few enough for code that is not compiled yet, and that they come alone. */
    private static final long WARM_UP_RATE = 1_000;

    private final long warmUp;
    private final long counted;
    private final long perSecond;
    private final long start;

    private Pace(long warmUp, long counted, long perSecond, long nanos) {
        this.warmUp = warmUp;
        this.counted = counted;
        this.perSecond = perSecond;
        this.start = now() + nanos;
    }

    /**
     * @param warmUp records that come before, faster or slower, so that all processes are compiled and idle
     * @param counted the last record that does not count
     */
    static Pace of(long perSecond, long warmUp, long counted) {
        return new Pace(warmUp, counted, perSecond, 0);
    }

    /** All at once, but not yet. */
    static Pace after(long nanos) {
        return new Pace(0, 0, 0, nanos);
    }

    /** Nanoseconds since 1970, as all processes of this machine see them. */
    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    /** Index of the newest record that is there. */
    long there() {
        if (perSecond == 0) {
            return now() < start ? 0 : Long.MAX_VALUE;
        }
        double records = (double) (now() - start) / SECOND * WARM_UP_RATE;
        return (long) (records <= warmUp ? records : warmUp + (records - warmUp) / WARM_UP_RATE * perSecond);
    }

    long untilThere(long index) {
        return Math.max(0, due(index) - now());
    }

    private long due(long index) {
        if (perSecond == 0) {
            return start;
        }
        long warm = Math.min(index, warmUp);
        return start + (long) (((double) warm / WARM_UP_RATE + (double) (index - warm) / perSecond) * SECOND);
    }

    /** How late it is for that record, or -1 without a rate. */
    long lateness(long index) {
        return perSecond == 0 ? -1 : now() - due(index);
    }

    /** Whether it is the last that does not count. */
    boolean ends(long index) {
        return index == counted;
    }

    void stamp(byte[] record, int timeOffset, long index) {
        if (perSecond > 0) {
            long due = due(index);
            LONG.set(record, timeOffset, due / SECOND << 30 | due % SECOND);
        }
    }
}

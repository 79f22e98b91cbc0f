// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * When a source's records are there: at once, or so many a second. Record N is then stamped with the moment it should be
 * there, not with that of its reading, so that a reader that is late sees how late.
 */
final class Pace {
    static final Pace ENDLESS = new Pace(0, 0);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final long start;

    private Pace(long perSecond, long nanos) {
        this.perSecond = perSecond;
        this.start = now() + nanos;
    }

    static Pace of(long perSecond) {
        return new Pace(perSecond, 0);
    }

    /** All at once, but not yet. */
    static Pace after(long nanos) {
        return new Pace(0, nanos);
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
        return (long) ((double) (now() - start) / SECOND * perSecond);
    }

    long untilThere(long index) {
        return Math.max(0, due(index) - now());
    }

    private long due(long index) {
        return perSecond == 0 ? start : start + (long) ((double) index / perSecond * SECOND);
    }

    void stamp(byte[] record, int timeOffset, long index) {
        if (perSecond > 0) {
            long due = due(index);
            LONG.set(record, timeOffset, due / SECOND << 30 | due % SECOND);
        }
    }
}

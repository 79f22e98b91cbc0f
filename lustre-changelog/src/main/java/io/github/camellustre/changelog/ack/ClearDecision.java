// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.OptionalLong;

/**
 * Up to where an MDT may be cleared for one user: never below the floor, never back, never for MARK records alone, and
 * again after a while without a clear. Not thread-safe: guarded by the ledger's lock.
 */
final class ClearDecision {
    private final boolean hasUser;
    private final long heartbeatNanos;
    private long floor;
    private long cleared;
    /** Written to disk with the positions before the clear is sent; only grows. */
    private long intent;

    private boolean sent;
    private long lastNanos;
    private long newestNotMark;

    /**
     * @param state what was stored, null if nothing
     * @param mark the last index that the user has cleared, where the source can tell
     */
    ClearDecision(boolean hasUser, LedgerState state, OptionalLong mark, long heartbeatNanos, long nowNanos) {
        this.hasUser = hasUser;
        this.heartbeatNanos = heartbeatNanos;
        this.lastNanos = nowNanos;
        if (state == null) {
            floor = mark.isPresent() ? mark.getAsLong() + 1 : LedgerState.FLOOR_UNKNOWN;
        } else {
            floor = mark.isPresent() ? Math.max(state.clearFloor(), mark.getAsLong()) : state.clearFloor();
            intent = state.cleared();
            cleared = state.cleared() > 0 ? mark.orElse(state.cleared()) : 0;
            sent = cleared > 0;
        }
    }

    /** Nothing at or below {@code index} is to be cleared: an operator or a source has said that it needs no delivery. */
    void raiseFloorAbove(long index) {
        floor = Math.max(floor, index + 1);
    }

    /** The first end of the stream: what exists already may be cleared when all of it is acknowledged. */
    boolean endOfStream(long newest) {
        if (floor != LedgerState.FLOOR_UNKNOWN) {
            return false;
        }
        floor = newest;
        return true;
    }

    /** A record was read whose clearing does not by itself write another one. */
    void sawOtherThanMark(long index) {
        newestNotMark = Math.max(newestNotMark, index);
    }

    /**
     * The index to clear up to now, 0 for none.
     *
     * @param position up to where all that hold the clear have acknowledged; {@link Long#MAX_VALUE} if none holds it
     */
    long target(long position, long nowNanos) {
        if (!hasUser || floor == LedgerState.FLOOR_UNKNOWN) {
            return 0;
        }
        boolean heartbeat = sent && nowNanos - lastNanos >= heartbeatNanos;
        if (position == Long.MAX_VALUE || position < floor || position <= cleared) {
            return heartbeat ? cleared : 0;
        }
        return newestNotMark > cleared || heartbeat ? position : 0;
    }

    long intentWith(long target) {
        return Math.max(intent, target);
    }

    /** It is on disk. */
    void intend(long index) {
        intent = index;
    }

    /** The MDT has taken a clear. */
    void done(long index, long nowNanos) {
        cleared = Math.max(cleared, index);
        sent = true;
        lastNanos = nowNanos;
    }

    long floor() {
        return floor;
    }

    long cleared() {
        return cleared;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.filter.RecordFilter;
import java.util.concurrent.TimeUnit;

/** A session in a group. */
public final class GroupReader {
    /** How long a DEQUEUE may wait for records. */
    public static final long LONGEST_POLL = TimeUnit.SECONDS.toNanos(1);

    /** How long after its batch has run out, or an old reader has fallen silent, it may still come back. */
    static final long LONGEST_ABSENCE = TimeUnit.HOURS.toNanos(1);

    private static final long NOT_WAITING = Long.MAX_VALUE;

    private final boolean longPoll;
    private final Pace pace;
    private long leaseTime;
    private Lease lease;
    private RecordFilter filter;
    private Place place;
    private boolean there = true;
    private boolean ended;
    private long silentAt;
    private long waitsUntil = NOT_WAITING;

    GroupReader(boolean longPoll, long leaseTime, Pace pace) {
        this.longPoll = longPoll;
        this.leaseTime = leaseTime;
        this.pace = pace;
    }

    boolean hasLongPoll() {
        return longPoll;
    }

    /** Null: it has not chosen one. */
    RecordFilter filter() {
        return filter;
    }

    void filter(RecordFilter chosen) {
        filter = chosen;
    }

    /** In a broadcast; null in others, and while it is away. */
    Place place() {
        return place;
    }

    void place(Place at) {
        place = at;
    }

    Pace pace() {
        return pace;
    }

    void setLeaseTime(long nanos) {
        leaseTime = nanos;
    }

    /** The batch in hand, if any; its time may be over. */
    Lease lease() {
        return lease;
    }

    void lease(Lease given) {
        lease = given;
    }

    long leaseTime() {
        return leaseTime;
    }

    boolean hasLiveLease() {
        return lease != null && lease.isLive();
    }

    /** Whether it counts as a reader of the group: it has neither left nor fallen silent. */
    boolean isThere() {
        return there;
    }

    /** A request that could be served. */
    void spoke(long now) {
        there = true;
        silentAt = now + (hasLiveLease() ? lease.time() : leaseTime);
    }

    long silentAt() {
        return silentAt;
    }

    /** Its time is over; it may come back. */
    void fellSilent(long now) {
        there = false;
        silentAt = now + LONGEST_ABSENCE;
    }

    /**
     * Whether it is kept when it falls silent: its late acknowledgement counts; and old readers, who cannot register anew on
     * their own, may sleep between batches. Not for ever, though.
     */
    boolean mayComeBack() {
        return there && (lease != null || !longPoll);
    }

    boolean hasEnded() {
        return ended;
    }

    void end() {
        there = false;
        ended = true;
        lease = null;
        place = null;
        waitsUntil = NOT_WAITING;
    }

    boolean isWaiting() {
        return waitsUntil != NOT_WAITING;
    }

    void waitUntil(long time) {
        waitsUntil = time;
    }

    long waitsUntil() {
        return waitsUntil;
    }

    void stopWaiting() {
        waitsUntil = NOT_WAITING;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** Lets the oldest records of a group go while it has no readers. All that is held waits then: no record is in live hands. */
final class Release {
    private final Backlog backlog;
    private final Waiting waiting;
    private final Ranges.Action dealtWith;
    private final GroupListener listener;
    private long emptySince;
    /** Before this one there is nothing left, as far as nobody has come and gone. */
    private long reached;

    private long count;
    private long firstIndex;
    private long lastIndex;

    Release(Backlog backlog, Waiting waiting, Ranges.Action dealtWith, GroupListener listener, long emptySince) {
        this.backlog = backlog;
        this.waiting = waiting;
        this.dealtWith = dealtWith;
        this.listener = listener;
        this.emptySince = emptySince;
    }

    /** The last reader has gone. */
    void begin(long now) {
        emptySince = now;
        reached = backlog.first();
    }

    /** Returns how many records were released. */
    long all() {
        releaseBefore(backlog.end());
        return tell();
    }

    /** Returns how many records were released. */
    long beyond(HoldLimit limit, long now) {
        while (backlog.held() > limit.records() && hasMore()) {
            releaseBefore(start() + backlog.held() - limit.records());
        }
        while (dueAt(limit) <= now && hasMore()) {
            releaseBefore(backlog.oldest().end());
        }
        return tell();
    }

    /** When the oldest record has been held for too long. */
    long dueAt(HoldLimit limit) {
        return limit.nanos() == Long.MAX_VALUE || backlog.isEmpty()
                ? Long.MAX_VALUE
                : Math.max(backlog.oldest().offeredAt(), emptySince) + limit.nanos();
    }

    /** Always, unless a record that is held did not wait: that one is left alone, and the others go on. */
    private boolean hasMore() {
        return start() < backlog.end();
    }

    private long start() {
        return Math.max(reached, backlog.first());
    }

    private void releaseBefore(long end) {
        waiting.withdraw(start(), end, (from, to) -> {
            if (count == 0) {
                firstIndex = backlog.index(from);
            }
            lastIndex = backlog.index(to - 1);
            count += to - from;
            dealtWith.accept(from, to);
        });
        reached = end;
    }

    private long tell() {
        long released = count;
        count = 0;
        if (released > 0) {
            listener.released(released, firstIndex, lastIndex);
        }
        return released;
    }
}

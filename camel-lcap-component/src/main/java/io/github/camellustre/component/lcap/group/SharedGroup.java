// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.filter.RecordFilter;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * {@code ack=all}: readers share the records, whoever asks gets the next. A record is dealt with when a reader has
 * acknowledged it; a batch whose reader leaves, or whose lease runs out, goes to another.
 */
public final class SharedGroup extends PacedGroup {
    private final SharingOptions options;
    private final Backlog backlog = new Backlog();
    private final Waiting waiting;
    private final Release release;
    /** Readers with a batch whose time is over. */
    private final Set<GroupReader> expired = new LinkedHashSet<>();

    private final CommonFilter filter = new CommonFilter(sessions);
    private Throwable closed;

    public SharedGroup(SharingOptions options, GroupListener listener, long now) {
        super(options.batches(), listener);
        this.options = options;
        this.waiting = options.order() == Order.FID ? new WaitingBySubject(backlog) : new WaitingInOrder(backlog);
        this.release = new Release(backlog, waiting, this::dealtWith, listener, now);
    }

    @Override
    public void offer(Delivery delivery, long now) {
        if (closed != null) {
            delivery.completed(closed);
            return;
        }
        backlog.add(delivery, now);
        waiting.offered(backlog.end());
        count(delivery.records().size(), now);
        releaseIfEmpty(now);
        tellCompletions();
    }

    @Override
    public int setFilter(GroupReader reader, RecordFilter wanted, long now) {
        if (reader.hasEnded()) {
            return PROTOCOL;
        }
        if (!filter.choose(reader, wanted)) {
            return BUSY;
        }
        spoke(reader, now);
        return OK;
    }

    @Override
    public Answer take(GroupReader reader, long now) {
        if (!reader.hasEnded() && reader.lease() == null && !filter.agrees(reader)) {
            end(reader, now);
        }
        return super.take(reader, now);
    }

    @Override
    long available(GroupReader reader) {
        return waiting.available();
    }

    @Override
    LeasedBatch give(GroupReader reader, long now) {
        Pick pick = new Pick(filter.current(), reader.pace().size());
        waiting.fill(pick);
        pick.filtered().forEach(this::dealtWith);
        tally.filtered(pick.filtered().size());
        return pick.isEmpty() ? null : handOver(reader, pick, now);
    }

    @Override
    void acknowledge(GroupReader reader, boolean all, long index) {
        Lease lease = reader.lease();
        long end = all ? Long.MAX_VALUE : backlog.firstAbove(index, lease.open());
        lease.open().takeBefore(end, lease.isLive() ? this::acknowledged : this::acknowledgedLate);
        if (all) {
            expired.remove(reader);
        }
    }

    private void acknowledged(long from, long to) {
        waiting.acknowledged(from, to);
        dealtWith(from, to);
        tally.acknowledged(to - from);
    }

    /** By a reader whose time was over: they wait again, or another reader has them. */
    private void acknowledgedLate(long from, long to) {
        waiting.withdraw(from, to, (low, high) -> {
            dealtWith(low, high);
            tally.acknowledged(high - low);
        });
        for (GroupReader other : sessions.all()) {
            if (other.hasLiveLease()) {
                other.lease().open().take(from, to, this::acknowledged);
            }
        }
    }

    /** Who had them once, and may still acknowledge late, is too late from now on. */
    private void dealtWith(long from, long to) {
        backlog.dealtWith(from, to);
        for (GroupReader late : expired) {
            late.lease().open().take(from, to, (low, high) -> {});
        }
    }

    @Override
    public void leave(GroupReader reader, long now) {
        if (reader.hasEnded()) {
            return;
        }
        if (reader.hasLiveLease()) {
            waiting.giveBack(reader.lease().open(), reader.lease().expiries());
        }
        expired.remove(reader);
        boolean wasThere = reader.isThere();
        sessions.remove(reader);
        if (wasThere) {
            beginReleaseIfEmpty(now);
        }
        tellCompletions();
    }

    private void end(GroupReader reader, long now) {
        leave(reader, now);
        listener.ended(reader);
    }

    @Override
    public long tick(long now) {
        sessions.silent(now, reader -> fellSilent(reader, now));
        releaseIfEmpty(now);
        tellCompletions();
        return Math.min(nextDue(now), sessions.there() == 0 ? release.dueAt(options.holdLimit()) : Long.MAX_VALUE);
    }

    @Override
    void fellSilent(GroupReader reader, long now) {
        if (!reader.mayComeBack()) {
            end(reader, now);
            return;
        }
        if (reader.hasLiveLease()) {
            Lease lease = reader.lease();
            Ranges open = lease.open();
            if (!open.isEmpty()) {
                listener.expired(reader, open.size(), backlog.index(open.first()), backlog.index(open.end() - 1));
            }
            lease.expire();
            expired.add(reader);
            waiting.giveBack(open, lease.expiries() + 1);
        }
        sessions.fellSilent(reader, now);
        beginReleaseIfEmpty(now);
    }

    private void beginReleaseIfEmpty(long now) {
        if (sessions.there() == 0) {
            release.begin(now);
            releaseIfEmpty(now);
        }
    }

    private void releaseIfEmpty(long now) {
        if (sessions.there() == 0) {
            boolean hold = options.whenEmpty() == WhenEmpty.HOLD;
            tally.released(hold ? release.beyond(options.holdLimit(), now) : release.all());
        }
    }

    @Override
    public void close(Throwable cause) {
        closed = cause;
        expired.clear();
        sessions.removeAll();
        tellCompletions();
        tally.failed(backlog.held());
        backlog.fail(cause);
    }

    @Override
    void tellCompletions() {
        for (Delivery done = backlog.nextCompleted(); done != null; done = backlog.nextCompleted()) {
            done.completed(null);
        }
    }

    @Override
    public GroupCounters counters() {
        return tally.counters(backlog.held(), sessions.there());
    }
}

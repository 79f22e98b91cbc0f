// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.filter.RecordFilter;

/**
 * {@code ack=none}: each reader gets all that is offered while it is there, and nobody waits for it: a delivery is completed
 * at once, and a reader that is too slow loses the oldest. What was sent is not sent again. Each reader has a filter of its
 * own.
 */
public final class BroadcastGroup extends PacedGroup {
    private final QueueLimits limits;
    private Copy newest = new Copy(ChangelogBatch.empty(), 0, 0, 0);
    private Throwable closed;

    public BroadcastGroup(BatchLimits batches, QueueLimits limits, GroupListener listener) {
        super(batches, listener);
        this.limits = limits;
    }

    @Override
    public void offer(Delivery delivery, long now) {
        if (closed != null) {
            delivery.completed(closed);
            return;
        }
        ChangelogBatch records = delivery.records();
        count(records.size(), now);
        tally.acknowledged(records.size());
        if (!records.isEmpty()) {
            Copy copy = new Copy(records, newest.end(), newest.bytesUpTo(), now);
            newest.append(copy);
            newest = copy;
            for (GroupReader reader : sessions.all()) {
                drop(reader);
            }
        }
        delivery.completed(null);
    }

    private void drop(GroupReader reader) {
        if (reader.place() != null) {
            dropped(reader, reader.place().dropBeyond(limits, newest));
        }
    }

    private void dropped(GroupReader reader, long records) {
        if (records > 0) {
            tally.dropped(records);
            listener.dropped(reader, records);
        }
    }

    @Override
    public GroupReader join(boolean longPoll, long lease, long now) {
        GroupReader reader = super.join(longPoll, lease, now);
        reader.place(new Place(newest));
        return reader;
    }

    @Override
    public int setFilter(GroupReader reader, RecordFilter filter, long now) {
        if (reader.hasEnded()) {
            return PROTOCOL;
        }
        reader.filter(filter);
        spoke(reader, now);
        return OK;
    }

    @Override
    long available(GroupReader reader) {
        return reader.place().behind(newest);
    }

    @Override
    LeasedBatch give(GroupReader reader, long now) {
        Pick pick = new Pick(
                reader.filter() == null ? RecordFilter.ALL : reader.filter(),
                reader.pace().size());
        reader.place().fill(pick);
        tally.filtered(pick.filtered().size());
        return pick.isEmpty() ? null : handOver(reader, pick, now);
    }

    @Override
    void acknowledge(GroupReader reader, boolean all, long index) {
        // nothing waits for it
    }

    /** One that comes back goes on with what is offered from now on. */
    @Override
    void spoke(GroupReader reader, long now) {
        super.spoke(reader, now);
        if (reader.place() == null) {
            reader.place(new Place(newest));
        }
    }

    @Override
    void fellSilent(GroupReader reader, long now) {
        if (reader.place() != null) {
            dropped(reader, available(reader));
            reader.place(null);
        }
        if (reader.mayComeBack()) {
            if (reader.hasLiveLease()) {
                reader.lease().expire();
            }
            sessions.fellSilent(reader, now);
        } else {
            sessions.remove(reader);
            listener.ended(reader);
        }
    }

    @Override
    public void leave(GroupReader reader, long now) {
        sessions.remove(reader);
    }

    @Override
    public long tick(long now) {
        sessions.silent(now, reader -> fellSilent(reader, now));
        return nextDue(now);
    }

    @Override
    public void close(Throwable cause) {
        closed = cause;
        sessions.removeAll();
    }

    @Override
    void tellCompletions() {
        // they were told when they were offered
    }

    @Override
    public GroupCounters counters() {
        return tally.counters(0, sessions.there());
    }
}

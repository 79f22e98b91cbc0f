// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** What both kinds of groups share: sessions, and when which reader is answered. */
abstract class PacedGroup implements ReaderGroup {
    final Sessions sessions = new Sessions();
    final Tally tally = new Tally();
    final GroupListener listener;
    private final BatchLimits batches;
    private final Flow flow = new Flow();

    PacedGroup(BatchLimits batches, GroupListener listener) {
        this.batches = batches;
        this.listener = listener;
    }

    /** Records that the reader may find; too many rather than too few. */
    abstract long available(GroupReader reader);

    /** A batch for this reader, in its hands from now on; null if there is nothing for it. */
    abstract LeasedBatch give(GroupReader reader, long now);

    /** A reader has acknowledged the first records of its batch: all, or those up to an index. */
    abstract void acknowledge(GroupReader reader, boolean all, long index);

    /** The time of a reader, and of its batch, is over. */
    abstract void fellSilent(GroupReader reader, long now);

    /** To be called at the end of every call. */
    abstract void tellCompletions();

    /** A request that could be served. */
    void spoke(GroupReader reader, long now) {
        sessions.spoke(reader, now);
    }

    final void count(int records, long now) {
        tally.offered(records);
        flow.offered(records, now);
    }

    @Override
    public GroupReader join(boolean longPoll, long lease, long now) {
        GroupReader reader = new GroupReader(longPoll, lease, new Pace(batches));
        sessions.add(reader, now);
        return reader;
    }

    @Override
    public Answer take(GroupReader reader, long now) {
        if (reader.hasEnded() || reader.lease() != null) {
            return Answer.without(reader, PROTOCOL);
        }
        spoke(reader, now);
        LeasedBatch batch = !reader.hasLongPoll() || mayGo(reader, now) ? give(reader, now) : null;
        tellCompletions();
        if (batch != null) {
            return Answer.of(reader, batch);
        }
        if (!reader.hasLongPoll()) {
            return Answer.without(reader, NOTHING);
        }
        sessions.waits(reader, now + GroupReader.LONGEST_POLL);
        return null;
    }

    @Override
    public Answer next(long now) {
        Answer answer = sessions.firstAnswer(reader -> answer(reader, now));
        tellCompletions();
        return answer;
    }

    private Answer answer(GroupReader reader, long now) {
        LeasedBatch batch = mayGo(reader, now) ? give(reader, now) : null;
        if (batch != null) {
            return Answer.of(reader, batch);
        }
        if (now < reader.waitsUntil()) {
            return null;
        }
        spoke(reader, now);
        return Answer.without(reader, NOTHING);
    }

    /** Whether there is something for the reader, and enough of it. */
    private boolean mayGo(GroupReader reader, long now) {
        long available = available(reader);
        return available > 0 && (available >= reader.pace().size() || now >= holdsUntil(reader, now));
    }

    private long holdsUntil(GroupReader reader, long now) {
        return available(reader) == 0 ? Long.MAX_VALUE : reader.pace().holdsUntil(flow.rate(now), now);
    }

    /** The batch is the reader's now. */
    final LeasedBatch handOver(GroupReader reader, Pick pick, long now) {
        LeasedBatch batch = pick.batch();
        long time = Lease.time(reader.leaseTime(), pick.expiries());
        reader.lease(new Lease(pick.taken(), batch.lastIndex(), batch.count(), pick.expiries(), time, now));
        reader.pace().gave(now);
        spoke(reader, now);
        tally.sent(batch.count(), pick.again());
        return batch;
    }

    @Override
    public int clear(GroupReader reader, long index, long now) {
        Lease lease = reader.lease();
        if (index < 0) {
            return INVALID;
        }
        if (lease == null) {
            return PROTOCOL;
        }
        boolean all = index == 0 || index >= lease.lastIndex();
        acknowledge(reader, all, index);
        if (all) {
            reader.pace().acknowledged(lease.count(), now - lease.since());
            reader.lease(null);
        }
        spoke(reader, now);
        tellCompletions();
        return OK;
    }

    @Override
    public int setBatch(GroupReader reader, int records, long now) {
        if (reader.hasEnded()) {
            return PROTOCOL;
        }
        if (records < 1) {
            return INVALID;
        }
        reader.pace().atMost(records);
        spoke(reader, now);
        return OK;
    }

    @Override
    public int setLease(GroupReader reader, long lease, long now) {
        if (reader.hasEnded()) {
            return PROTOCOL;
        }
        if (lease < 1 || lease > Lease.LONGEST) {
            return INVALID;
        }
        reader.setLeaseTime(lease);
        spoke(reader, now);
        return OK;
    }

    /** When a session is due, or a reader that waits. */
    final long nextDue(long now) {
        return sessions.nextDue(reader -> holdsUntil(reader, now));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/**
 * {@code ack=all}: readers share the records, whoever asks gets the next. A record is dealt with when a reader has
 * acknowledged it; a batch whose reader leaves, or whose lease runs out, goes to another.
 */
public final class SharedGroup implements ReaderGroup {
    private final SharingOptions options;
    private final GroupListener listener;
    private final Backlog backlog = new Backlog();
    private final Tally tally = new Tally();
    private final Flow flow = new Flow();
    private final Sessions sessions = new Sessions();
    private final Waiting waiting;
    private final Release release;
    private Throwable closed;

    public SharedGroup(SharingOptions options, GroupListener listener, long now) {
        this.options = options;
        this.listener = listener;
        this.waiting = new WaitingInOrder(backlog);
        this.release = new Release(backlog, waiting, listener, now);
    }

    @Override
    public void offer(Delivery delivery, long now) {
        if (closed != null) {
            delivery.completed(closed);
            return;
        }
        int records = delivery.records().size();
        backlog.add(delivery, now);
        waiting.offered(backlog.end());
        tally.offered(records);
        flow.offered(records, now);
        if (sessions.there() == 0) {
            releaseWhatIsTooMuch(now);
        }
        tellCompletions();
    }

    @Override
    public GroupReader join(boolean longPoll, long lease, long now) {
        GroupReader reader = new GroupReader(longPoll, lease, new Pace(options.batches()));
        sessions.add(reader, now);
        return reader;
    }

    @Override
    public Answer take(GroupReader reader, long now) {
        if (reader.hasEnded() || reader.lease() != null) {
            return Answer.without(reader, PROTOCOL);
        }
        sessions.spoke(reader, now);
        if (reader.hasLongPoll() && !mayGo(reader, now)) {
            sessions.waits(reader, now + GroupReader.LONGEST_POLL);
            return null;
        }
        LeasedBatch batch = lease(reader, now);
        tellCompletions();
        if (batch != null) {
            return Answer.of(reader, batch);
        }
        if (reader.hasLongPoll()) {
            sessions.waits(reader, now + GroupReader.LONGEST_POLL);
            return null;
        }
        return Answer.without(reader, NOTHING);
    }

    @Override
    public Answer next(long now) {
        Answer answer = sessions.firstAnswer(reader -> answer(reader, now));
        tellCompletions();
        return answer;
    }

    private Answer answer(GroupReader reader, long now) {
        LeasedBatch batch = mayGo(reader, now) ? lease(reader, now) : null;
        if (batch != null) {
            sessions.spoke(reader, now);
            return Answer.of(reader, batch);
        }
        if (now >= reader.waitsUntil()) {
            sessions.spoke(reader, now);
            return Answer.without(reader, NOTHING);
        }
        return null;
    }

    /** Whether there is something for the reader, and enough of it. */
    private boolean mayGo(GroupReader reader, long now) {
        long available = waiting.available();
        return available > 0 && (available >= reader.pace().size() || now >= holdsUntil(reader, now));
    }

    private long holdsUntil(GroupReader reader, long now) {
        return reader.pace().holdsUntil(flow.rate(now), now);
    }

    private LeasedBatch lease(GroupReader reader, long now) {
        BatchBuilder builder = new BatchBuilder(reader.pace().size(), BatchLimits.MAX_BYTES);
        Waiting.Picked picked = waiting.pick(builder);
        if (builder.isEmpty()) {
            return null;
        }
        LeasedBatch batch = builder.build();
        long time = Lease.time(reader.leaseTime(), picked.expiries());
        reader.lease(new Lease(picked.records(), batch.lastIndex(), batch.count(), picked.expiries(), time, now));
        reader.pace().gave(now);
        sessions.spoke(reader, now);
        tally.sent(batch.count(), picked.again());
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
        boolean whole = index == 0 || index >= lease.lastIndex();
        long end = whole ? Long.MAX_VALUE : endUpTo(lease.open(), index);
        if (lease.isLive()) {
            lease.open().takeBefore(end, this::acknowledged);
        } else {
            lease.open().takeBefore(end, this::acknowledgedLate);
        }
        if (whole) {
            reader.pace().acknowledged(lease.count(), now - lease.since());
            reader.lease(null);
        }
        sessions.spoke(reader, now);
        tellCompletions();
        return OK;
    }

    /** The first of these records whose index is above; the end if there is none. */
    private long endUpTo(Ranges records, long index) {
        long[] found = {Long.MAX_VALUE};
        records.forEach((from, to) -> {
            if (found[0] == Long.MAX_VALUE) {
                backlog.forEach(from, to, (delivery, first, last) -> {
                    for (int at = first; at < last && found[0] == Long.MAX_VALUE; at++) {
                        if (delivery.records().index(at) > index) {
                            found[0] = delivery.first() + at;
                        }
                    }
                });
            }
        });
        return found[0];
    }

    private void acknowledged(long from, long to) {
        waiting.acknowledged(from, to);
        backlog.dealtWith(from, to);
        tally.acknowledged(to - from);
    }

    /** By a reader whose time was over: they wait again, or another reader has them, or somebody was faster. */
    private void acknowledgedLate(long from, long to) {
        waiting.withdraw(from, to, (low, high) -> {
            backlog.dealtWith(low, high);
            tally.acknowledged(high - low);
        });
        for (GroupReader other : sessions.all()) {
            if (other.hasLiveLease()) {
                other.lease().open().take(from, to, this::acknowledged);
            }
        }
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
        sessions.spoke(reader, now);
        return OK;
    }

    @Override
    public int setLease(GroupReader reader, long lease, long now) {
        if (reader.hasEnded()) {
            return PROTOCOL;
        }
        if (lease < 1) {
            return INVALID;
        }
        reader.setLeaseTime(lease);
        sessions.spoke(reader, now);
        return OK;
    }

    @Override
    public void leave(GroupReader reader, long now) {
        if (reader.hasEnded()) {
            return;
        }
        if (reader.hasLiveLease()) {
            waiting.giveBack(reader.lease().open(), reader.lease().expiries());
        }
        boolean wasThere = reader.isThere();
        sessions.remove(reader);
        if (wasThere) {
            maybeEmpty(now);
        }
        tellCompletions();
    }

    @Override
    public long tick(long now) {
        sessions.silent(now, reader -> fellSilent(reader, now));
        if (sessions.there() == 0) {
            releaseWhatIsTooMuch(now);
        }
        tellCompletions();
        long nextRelease = sessions.there() == 0 ? release.dueAt(options.holdLimit()) : Long.MAX_VALUE;
        boolean anything = waiting.available() > 0;
        return Math.min(nextRelease, sessions.nextDue(reader -> anything ? holdsUntil(reader, now) : Long.MAX_VALUE));
    }

    private void fellSilent(GroupReader reader, long now) {
        boolean wasThere = reader.isThere();
        if (reader.hasLiveLease()) {
            Lease lease = reader.lease();
            lease.expire();
            Ranges open = lease.open();
            long count = open.size();
            if (count > 0) {
                listener.expired(reader, count, backlog.index(open.first()), backlog.index(open.end() - 1));
                waiting.giveBack(open, lease.expiries() + 1);
            }
            sessions.fellSilent(reader, now);
        } else if (wasThere && (reader.lease() != null || !reader.hasLongPoll())) {
            sessions.fellSilent(reader, now);
        } else {
            sessions.remove(reader);
            listener.ended(reader);
        }
        if (wasThere) {
            maybeEmpty(now);
        }
    }

    private void maybeEmpty(long now) {
        if (sessions.there() == 0) {
            release.begin(now);
            releaseWhatIsTooMuch(now);
        }
    }

    private void releaseWhatIsTooMuch(long now) {
        boolean hold = options.whenEmpty() == WhenEmpty.HOLD;
        tally.released(hold ? release.beyond(options.holdLimit(), now) : release.all());
    }

    @Override
    public void close(Throwable cause) {
        closed = cause;
        sessions.removeAll();
        tellCompletions();
        tally.failed(backlog.held());
        backlog.fail(cause);
    }

    private void tellCompletions() {
        for (Delivery done = backlog.nextCompleted(); done != null; done = backlog.nextCompleted()) {
            done.completed(null);
        }
    }

    @Override
    public GroupCounters counters() {
        return tally.counters(backlog.held(), sessions.there());
    }
}

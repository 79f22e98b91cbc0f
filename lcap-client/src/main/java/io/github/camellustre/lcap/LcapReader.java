// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A reader of one MDT's changelog: from a server of readers ({@code lcap:}, or LCAP's own lcapd), or from Lustre itself.
 * Its life is that of liblcapclient: {@link #start}, {@link #receive}, {@link #clear}, {@link #fini}.
 *
 * <p><b>Promises.</b> Every record of the group comes to one of its readers at least once; what was acknowledged may come
 * again only after a session was lost (server restarted, network cut, or this program hung for longer than its lease).
 * A server that goes away is waited for, and the session is begun anew. A batch's lease is kept while the application
 * works on it, for up to ten minutes without a call.
 *
 * <p><b>Threads.</b> One thread at a time receives. {@link #clear}, the setters and {@link #close} may be called by any
 * thread, and return at once, {@code close} within seconds; it ends a {@code receive} that waits. So does an interrupt,
 * after which the reader goes on to be usable.
 *
 * <p><b>Errors.</b> What cannot pass by itself is thrown as an {@link LcapException}: from then on only {@code close} is
 * possible.
 */
public final class LcapReader implements Iterable<ChangelogRecord>, AutoCloseable {
    private final Channel channel;
    private final boolean follow;
    private volatile BatchInHand batch;

    LcapReader(Channel channel, boolean follow) {
        this.channel = channel;
        this.follow = follow;
    }

    public static LcapReaderBuilder builder() {
        return new LcapReaderBuilder();
    }

    /**
     * As liblcapclient's start: from the server that the environment names, or with {@code DIRECT} from Lustre itself.
     *
     * @param flags constants of {@link io.github.camellustre.lcap.wire.Start}
     * @param firstIndex first index wanted; a server has one position for a group and does not look at it
     */
    public static LcapReader start(int flags, String mdt, long firstIndex) throws LcapException, InterruptedException {
        return builder().flags(flags).mdt(mdt).firstIndex(firstIndex).start();
    }

    /**
     * The next record.
     *
     * @return null if there is none now; with {@code FOLLOW} it is waited for, and null means closed
     * @throws IllegalStateException the batch before was not acknowledged to its end: there is no other before that
     */
    public ChangelogRecord receive() throws LcapException, InterruptedException {
        BatchInHand current = batch;
        ChangelogRecord record = current == null ? null : current.next();
        while (record == null) {
            current = nextBatch();
            if (current == null) {
                return null;
            }
            record = current.next();
        }
        return record;
    }

    /**
     * The next batch, or what is left of one of which records were received one by one. Nothing is made per record: the
     * batch is a view of what came.
     *
     * @return empty if there is nothing now; with {@code FOLLOW} it is waited for, and empty means closed
     * @throws IllegalStateException the batch before was not acknowledged to its end: there is no other before that
     */
    public ChangelogBatch receiveBatch() throws LcapException, InterruptedException {
        BatchInHand current = batch;
        ChangelogBatch rest = current == null ? ChangelogBatch.empty() : current.rest();
        while (rest.isEmpty()) {
            current = nextBatch();
            if (current == null) {
                return ChangelogBatch.empty();
            }
            rest = current.rest();
        }
        return rest;
    }

    /** @return null if there is none now, or the reader is closed */
    private BatchInHand nextBatch() throws LcapException, InterruptedException {
        BatchInHand before = batch;
        if (before != null && !before.isComplete() && !channel.isClosed()) {
            throw new IllegalStateException("the batch up to index " + before.last()
                    + " is not acknowledged to its end: clear(" + before.last() + ") first");
        }
        BatchInHand next;
        do {
            next = channel.dequeue();
        } while (next == null && follow && !channel.isClosed());
        batch = next;
        if (next != null && next.isComplete()) {
            // a filter of our own has taken all of it
            channel.complete(next);
        }
        return next;
    }

    /**
     * Acknowledges the records received up to an index: all, in the order in which they came, up to the first whose index
     * is greater. Records that were not received yet are never acknowledged. Cheap: the other side hears of it after a
     * second, at the end of the batch, and at the end.
     */
    public void clear(long index) {
        BatchInHand current = batch;
        channel.touch();
        if (current != null && current.acknowledge(index)) {
            channel.complete(current);
        }
    }

    /** Acknowledges all that was received. */
    public void clear() {
        clear(Long.MAX_VALUE);
    }

    /**
     * From the next batch on, only records that match are received; others count as acknowledged for the whole group. All
     * readers of a group have the same filter.
     *
     * @param filter empty: all
     */
    public void setFilter(String filter) {
        channel.set(LcapReaderBuilder.filterOption(filter));
    }

    /** Leaves the group for another one; a batch in hand goes to another reader of the former group. */
    public void setGroup(String group) {
        channel.set(new GroupName(group));
    }

    /** From the next batch on, at most so many records. */
    public void setBatch(int records) {
        channel.set(new Option.Batch(records));
    }

    /** How long a batch stays this reader's after this process has died: whole seconds, up to an hour. */
    public void setLease(Duration lease) {
        channel.set(new Option.Lease(lease));
    }

    /** Hands over each record, and acknowledges it; returns when there is none now, with {@code FOLLOW} once closed. */
    public void forEachRecord(RecordCallback callback) throws Exception {
        for (ChangelogRecord record = receive(); record != null; record = receive()) {
            callback.accept(record);
            clear(record.index());
        }
    }

    /** Hands over each batch, and acknowledges it; returns when there is none now, with {@code FOLLOW} once closed. */
    public void forEachBatch(BatchCallback callback) throws Exception {
        for (ChangelogBatch next = receiveBatch(); !next.isEmpty(); next = receiveBatch()) {
            callback.accept(next);
            clear();
        }
    }

    /**
     * The records as they come; the caller acknowledges them with {@link #clear}. Ends where {@link #receive} returns
     * null. An interrupt ends it, too, and stays set. Errors come as {@link IllegalStateException} with the cause.
     */
    @Override
    public Iterator<ChangelogRecord> iterator() {
        return new Iterator<>() {
            private ChangelogRecord next;

            @Override
            public boolean hasNext() {
                try {
                    next = next == null ? receive() : next;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (LcapException e) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
                return next != null;
            }

            @Override
            public ChangelogRecord next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                ChangelogRecord record = next;
                next = null;
                return record;
            }
        };
    }

    /** Ends the reader. What is acknowledged is sent first; the rest of a batch in hand goes to another reader. */
    public void fini() {
        channel.close();
    }

    /** {@link #fini}. */
    @Override
    public void close() {
        fini();
    }
}

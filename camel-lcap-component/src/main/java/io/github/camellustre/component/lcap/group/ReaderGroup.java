// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.filter.RecordFilter;

/**
 * One group of readers of one MDT: what it is offered goes to its readers, and each {@link Delivery} is completed when they
 * are done with it. Everything here is per (group, MDT): a reader of two MDTs joins twice.
 *
 * <p>It has no threads and no clock: all calls come from one thread, with the time in nanoseconds ({@code System.nanoTime}),
 * which never goes back. After any call, what readers wait for may be there: {@link #next} until it returns null.
 * {@link #tick} says by when to call again though nothing happens.
 *
 * <p>Methods that return {@code int} return what goes to the reader: {@link #OK} or one of the negative codes. A request
 * of a reader that has left, or that the group has given up ({@link GroupListener#ended}), is {@link #PROTOCOL}: as after
 * a restart of the server it has to begin anew.
 */
public interface ReaderGroup {
    int OK = 0;
    /** To a DEQUEUE: nothing now. */
    int NOTHING = 1;
    /** Another reader of the group has another filter. */
    int BUSY = -16;
    /** A value that is not possible. */
    int INVALID = -22;
    /** The request does not fit what went before. */
    int PROTOCOL = -71;

    /** Takes records over, behind all that were offered before. A delivery without records is completed at once. */
    void offer(Delivery delivery, long now);

    /**
     * A new session.
     *
     * @param longPoll it may be answered late, and is one of ours
     * @param lease nanoseconds that a batch is its own without a request
     */
    GroupReader join(boolean longPoll, long lease, long now);

    /**
     * A reader's DEQUEUE.
     *
     * @return the answer, or null: it comes from {@link #next}, at the latest after {@link GroupReader#LONGEST_POLL}. Only a
     *     reader with long poll has to wait
     */
    Answer take(GroupReader reader, long now);

    /**
     * The next answer to readers that wait. Those that came first are served first.
     *
     * @return null if there is none now
     */
    Answer next(long now);

    /**
     * A reader's CLEAR: of its batch, in the order in which it was sent, everything before the first record whose index is
     * above {@code index}; all of it if {@code index} is 0 or not below that of the last record.
     */
    int clear(GroupReader reader, long index, long now);

    /** Before a reader's first DEQUEUE, or between batches: records that it does not match are not sent from now on. */
    int setFilter(GroupReader reader, RecordFilter filter, long now);

    /** From the next batch on at most so many records, within the group's own limits. */
    int setBatch(GroupReader reader, int records, long now);

    /** From the next batch on; at most an hour. */
    int setLease(GroupReader reader, long lease, long now);

    /** FINI, or the session is gone: its batch goes to others at once. A DEQUEUE that waits gets no answer from here. */
    void leave(GroupReader reader, long now);

    /**
     * Does what is due: leases, sessions and limits that have run out.
     *
     * @return when to call again at the latest, also for {@link #next}; {@link Long#MAX_VALUE}: when something has happened
     */
    long tick(long now);

    /** Ends the group: what is not dealt with fails with {@code cause}, what is offered from now on, too. */
    void close(Throwable cause);

    GroupCounters counters();
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.source.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * One MDT's log: which records there are, who cleared what. Any thread.
 *
 * <p>After a restart the log must never be shorter than what was delivered or cleared. So before an index is delivered, a
 * higher one is written to the disk as the newest; after a crash the log goes on from that one (at most
 * {@link #AHEAD_SECONDS} seconds of work more than anybody saw), after {@link #close} from where it stood.
 */
final class SimulatedMdt {
    private static final long AHEAD_SECONDS = 10;
    private static final long AHEAD_UNLIMITED = 1L << 20;

    /** A faster rate would wake the reader for every single record. */
    private static final long SHORTEST_WAIT = 10_000_000L;

    private final String name;
    private final long records;
    private final long rate;
    private final LogClock clock;
    private final Optional<StateFolder> folder;
    private final ChangelogUsers users;
    private final AtomicLong delivered;
    private final LongSupplier nanoTime;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Object disk = new Object();
    private volatile long promised;
    private volatile boolean closed;

    SimulatedMdt(String name, SimulatorOptions options, Optional<StateFolder> folder, LongSupplier nanoTime)
            throws SourceException {
        this.name = name;
        this.records = options.records();
        this.rate = options.rate();
        this.folder = folder;
        this.nanoTime = nanoTime;
        Optional<StateFolder.Log> log = folder.isPresent() ? folder.get().read(name) : Optional.empty();
        long before = log.map(StateFolder.Log::newest).orElse(0L);
        Map<String, Long> marks = log.map(StateFolder.Log::marks).orElse(Map.of());
        users = new ChangelogUsers(name, options.users(), marks, before);
        promised = before;
        delivered = new AtomicLong(before);
        clock = rate == 0 ? null : new LogClock(records, rate, before, nanoTime);
    }

    String name() {
        return name;
    }

    /** Records that there will ever be. */
    long records() {
        return records;
    }

    ChangelogUsers users() {
        return users;
    }

    /** Up to where a reader may read now. */
    long newestReadable() {
        return clock == null ? records : clock.newest();
    }

    /**
     * The newest record. A log without end and limit grows as it is read: what nobody read is not there yet.
     */
    long newest() {
        return isMadeByReading() ? delivered.get() : newestReadable();
    }

    /** The records up to {@code index} are about to leave: after this a restart cannot forget that they were there. */
    void delivering(long index) throws SourceException {
        if (index > promised) {
            promise(index);
        }
        if (isMadeByReading()) {
            delivered.accumulateAndGet(index, Math::max);
        }
    }

    void clear(String user, long index) throws SourceException {
        synchronized (disk) {
            long newest = newest();
            long mark = users.judge(user, index, newest);
            int position = users.find(user);
            write(Math.max(promised, newest), users.marksWith(position, mark));
            users.setMark(position, mark);
        }
    }

    boolean awaitRecord(long index, Duration timeout, SimulatedStream stream) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!stream.isClosed() && !closed) {
                if (index <= newestReadable()) {
                    return true;
                }
                long left = deadline - nanoTime.getAsLong();
                if (left <= 0) {
                    return false;
                }
                long due = clock == null ? left : Math.max(clock.nanosUntil(index), SHORTEST_WAIT);
                change.awaitNanos(Math.min(left, due));
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Wakes the readers and remembers where the log stands. */
    void close() throws SourceException {
        synchronized (disk) {
            if (closed) {
                return;
            }
            closed = true;
            wake();
            write(Math.max(newest(), users.smallestMark()), users.marks());
        }
    }

    private boolean isMadeByReading() {
        return rate == 0 && records == SimulatorOptions.ENDLESS;
    }

    private void promise(long index) throws SourceException {
        synchronized (disk) {
            long ahead = rate == 0 ? AHEAD_UNLIMITED : rate * AHEAD_SECONDS;
            long newest = Math.min(records, index + ahead);
            write(newest, users.marks());
            promised = newest;
        }
    }

    private void write(long newest, Map<String, Long> marks) throws SourceException {
        if (folder.isEmpty()) {
            return;
        }
        try {
            folder.get().write(name, newest, marks);
        } catch (IOException e) {
            throw SourceException.retryable(
                    name + ": cannot remember index " + newest + " and the marks " + marks + " in "
                            + folder.get().path() + ": " + e + "; make room or make it writable",
                    e);
        }
    }
}

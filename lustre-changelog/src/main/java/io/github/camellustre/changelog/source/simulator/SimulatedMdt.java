// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.source.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * One MDT's log: which records there are, who cleared what, what goes wrong. Any thread.
 *
 * <p>Records are numbered from the log's first one. A record's index is its number, until the indexes start at 1 anew: then
 * {@link #before} says how many records are to be taken off.
 *
 * <p>After a restart the log must never be shorter than what was delivered or cleared. So before a record is delivered, a
 * higher number is written to the disk as the newest; after a crash the log goes on from that one (at most
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
    private final MdtFaults faults;
    private final AtomicLong delivered;
    private final LongSupplier nanoTime;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Object disk = new Object();
    private volatile long before;
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
        long newest = log.map(StateFolder.Log::newest).orElse(0L);
        before = log.map(StateFolder.Log::before).orElse(0L);
        Map<String, Long> known = log.map(StateFolder.Log::marks).orElse(Map.of());
        users = new ChangelogUsers(name, options.belowMark(), firstMarks(options, known, newest - before));
        faults = new MdtFaults(options.faults(), fault -> hasHappened(fault, newest, known), nanoTime);
        faults.read(newest);
        promised = newest;
        delivered = new AtomicLong(newest);
        clock = rate == 0 ? null : new LogClock(records, rate, newest, nanoTime);
    }

    /** A user who is not known is registered now, at the newest index, unless a fault says when. */
    private static Map<String, Long> firstMarks(SimulatorOptions options, Map<String, Long> known, long newest) {
        Map<String, Long> marks = new TreeMap<>();
        for (int user = 1; user <= options.users(); user++) {
            String id = "cl" + user;
            long registeredAt = newest;
            for (Fault fault : options.faults()) {
                if (newest == 0
                        && fault.is(Fault.Kind.REGISTER)
                        && fault.detail().equals(id)) {
                    registeredAt = fault.at();
                }
            }
            marks.put(id, known.getOrDefault(id, registeredAt));
        }
        return marks;
    }

    private boolean hasHappened(Fault fault, long newest, Map<String, Long> known) {
        return switch (fault.kind()) {
            case RESET -> fault.at() <= before;
            case DEREGISTER -> fault.at() <= newest && !known.containsKey(fault.detail());
            default -> false;
        };
    }

    String name() {
        return name;
    }

    MdtFaults faults() {
        return faults;
    }

    /** Number of the last record that there will ever be. */
    long records() {
        return records;
    }

    /** What is to be taken off a record's number for its index. */
    long before() {
        return before;
    }

    /** Last index that the user has cleared. */
    long mark(String user) throws SourceException {
        mustAnswer("cannot look up the changelog users");
        return users.mark(user);
    }

    /** The first index that is still kept: what all users have cleared is gone, and without a user everything. */
    long oldest() {
        return 1 + (users.isEmpty() ? newest() : users.smallestMark());
    }

    /** Nothing is recorded without a user. */
    boolean isReadable(long record) {
        return record <= newestReadable() && !users.isEmpty();
    }

    /** Number of the last record that a reader may read now. */
    long newestReadable() {
        return Math.min(clock == null ? records : clock.newest(), faults.end());
    }

    /** Index of the newest record. */
    long newest() {
        return newestNumber() - before;
    }

    /** A log without end and limit grows as it is read: what nobody read is not there yet. */
    private long newestNumber() {
        return isMadeByReading() ? delivered.get() : newestReadable();
    }

    /** @throws SourceException it was closed, or is away */
    void mustAnswer(String what) throws SourceException {
        settle();
        if (closed) {
            throw SourceException.retryable(
                    name + ": ESHUTDOWN: the simulated file system was closed; make a new one", null);
        }
        if (faults.isGone()) {
            throw Errno.ENODEV.exception(name, what);
        }
    }

    /** Lets happen what is due: users that are removed, indexes that start anew. */
    private void settle() throws SourceException {
        Fault removed = faults.due(Fault.Kind.DEREGISTER);
        if (removed != null) {
            synchronized (disk) {
                become(before, users.without(removed.detail()));
            }
        }
        Fault reset = faults.due(Fault.Kind.RESET);
        if (reset != null) {
            synchronized (disk) {
                become(reset.at(), users.anew());
            }
        }
    }

    private void become(long newBefore, SortedMap<Integer, Long> marks) throws SourceException {
        write(Math.max(promised, newestNumber()), newBefore, marks);
        before = newBefore;
        users.become(marks);
    }

    /** The records up to this number are about to leave: after this a restart cannot forget that they were there. */
    void delivering(long record) throws SourceException {
        if (record > promised) {
            promise(record);
        }
        if (isMadeByReading()) {
            delivered.accumulateAndGet(record, Math::max);
        }
        faults.read(record);
    }

    void clear(String user, long index) throws SourceException {
        mustAnswer("cannot clear up to " + index);
        Fault fault = faults.clearing(before + index);
        if (fault != null) {
            throw Errno.valueOf(fault.detail()).exception(name, "cannot clear up to " + index + " for '" + user + "'");
        }
        synchronized (disk) {
            become(before, users.afterClear(user, index, newest()));
        }
    }

    boolean awaitRecord(long record, Duration timeout, SimulatedStream stream) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!stream.isClosed() && !closed) {
                if (isReadable(record)) {
                    return true;
                }
                long left = deadline - nanoTime.getAsLong();
                if (left <= 0) {
                    return false;
                }
                long due = clock == null ? left : Math.max(clock.nanosUntil(record), SHORTEST_WAIT);
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
            write(Math.max(newestNumber(), before + users.greatestMark()), before, users.marks());
        }
    }

    private boolean isMadeByReading() {
        return rate == 0 && records == SimulatorOptions.ENDLESS;
    }

    private void promise(long record) throws SourceException {
        synchronized (disk) {
            long ahead = rate == 0 ? AHEAD_UNLIMITED : rate * AHEAD_SECONDS;
            long newest = Math.min(Math.min(records, faults.end()), record + ahead);
            write(newest, before, users.marks());
            promised = newest;
        }
    }

    private void write(long newest, long newBefore, SortedMap<Integer, Long> marks) throws SourceException {
        if (folder.isEmpty()) {
            return;
        }
        Map<String, Long> byId = ChangelogUsers.byId(marks);
        try {
            folder.get().write(name, newest, newBefore, byId);
        } catch (IOException e) {
            throw SourceException.retryable(
                    name + ": cannot remember record " + newest + " and the marks " + byId + " in "
                            + folder.get().path() + ": " + e + "; make room or make it writable",
                    e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The acknowledgement contract for one MDT and changelog user: what was read, what every consumer has acknowledged, what
 * may be cleared.
 *
 * <p>Three kinds of threads meet here: one reader adds blocks, one thread a consumer takes handouts, one acknowledger
 * writes checkpoints; completions come from anywhere. All state is behind one lock that is never held over a call to the
 * outside (source, repository, consumer).
 *
 * <p>It promises: nothing is cleared that some consumer with a position has not acknowledged, or that is not in a
 * checkpoint on disk, or that was not read; the clear only grows, and stays at or above the floor.
 */
public final class MdtLedger {
    private static final Logger LOG = LoggerFactory.getLogger(MdtLedger.class);

    /** So long a rewind waits for records that are out. */
    private static final long REWIND_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LedgerKey key;
    private final String identity;
    private final LedgerOptions options;
    private final AckRepository repository;
    private final MemoryBudget memory;
    private final LongSupplier clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition space = lock.newCondition();
    private final Condition due = lock.newCondition();

    private final SortedMap<String, ConsumerLedger> consumers = new TreeMap<>();
    /** Stored consumers that the configuration does not name (any more). */
    private final SortedMap<String, LedgerState.ConsumerState> absent = new TreeMap<>();

    private Window window = new Window(0);
    private IndexSequence sequence;
    private volatile boolean rewinding;
    private long rewindingSince;
    /** Positions are known: from the repository, or because something was read. */
    private boolean positioned;

    private boolean finished;

    private final ClearDecision clear;
    private LedgerState.LastRecord last;

    private boolean dirty;
    private boolean checkpointWanted;
    private boolean checkpointing;
    private long lastCheckpointNanos;
    private final LedgerCounters counters = new LedgerCounters();

    /**
     * Takes up where {@code repository} says that this key stood.
     *
     * @param mark the last index that the user has cleared, where the source can tell
     * @throws AckRepositoryException the stored positions are unreadable or belong to another stream
     */
    public MdtLedger(
            LedgerKey key,
            String identity,
            OptionalLong mark,
            LedgerOptions options,
            AckRepository repository,
            MemoryBudget memory,
            LongSupplier clock)
            throws AckRepositoryException {
        this.key = key;
        this.identity = identity;
        this.options = options;
        this.repository = repository;
        this.memory = memory;
        this.clock = clock;
        LedgerState state = repository.load(key).orElse(null);
        if (state != null) {
            if (!state.identity().equals(identity)) {
                throw new AckRepositoryException(key + ": the stored positions are those of '" + state.identity()
                        + "', the source is now '" + identity
                        + "': use another data folder, or start over without the stored positions");
            }
            absent.putAll(state.consumers());
            last = state.last();
            positioned = true;
        }
        long now = clock.getAsLong();
        clear = new ClearDecision(
                !key.user().isEmpty(), state, mark, options.heartbeat().toNanos(), now);
        sequence = newSequence(0);
        lastCheckpointNanos = now;
    }

    public LedgerKey key() {
        return key;
    }

    // ---- consumers

    /**
     * Adds a consumer, or takes a stopped one up again. It starts at its stored position, else at the position that all
     * others share, else where its options say; {@code newest} is the newest index where the source can tell.
     */
    public ConsumerLedger join(ConsumerOptions consumer, OptionalLong newest) {
        lock.lock();
        try {
            ConsumerLedger known = consumers.get(consumer.name());
            if (known != null) {
                if (known.isActive()) {
                    throw new IllegalArgumentException(key + ": there are two consumers named '" + consumer.name()
                            + "': give each endpoint its own name with the option consumer=NAME");
                }
                known.options(consumer);
                known.resume();
                return known;
            }
            ConsumerLedger fresh = newConsumer(consumer, newest);
            consumers.put(consumer.name(), fresh);
            rejoin(fresh);
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private ConsumerLedger newConsumer(ConsumerOptions consumer, OptionalLong newest) {
        LedgerState.ConsumerState stored = absent.remove(consumer.name());
        if (stored != null) {
            return new ConsumerLedger(this, consumer, stored.position(), stored.ranges(), false, true);
        }
        long shared = positioned ? sharedPosition() : 0;
        if (shared > 0) {
            return new ConsumerLedger(this, consumer, shared, new long[0], false, true);
        }
        return switch (consumer.start().kind()) {
            case NEWEST -> {
                newest.ifPresent(clear::raiseFloorAbove);
                yield new ConsumerLedger(this, consumer, newest.orElse(0), new long[0], newest.isEmpty(), false);
            }
            case MARK -> {
                long mark = consumer.start().mark();
                clear.raiseFloorAbove(mark);
                yield new ConsumerLedger(this, consumer, mark, new long[0], false, true);
            }
            case OLDEST -> new ConsumerLedger(this, consumer, 0, new long[0], false, false);
        };
    }

    /** The position up to which no known consumer needs anything; 0 if there is none. */
    private long sharedPosition() {
        long shared = Long.MAX_VALUE;
        for (ConsumerLedger consumer : consumers.values()) {
            shared = Math.min(shared, consumer.position());
        }
        for (LedgerState.ConsumerState state : absent.values()) {
            shared = Math.min(shared, state.position());
        }
        return shared == Long.MAX_VALUE ? 0 : shared;
    }

    void rejoin(ConsumerLedger consumer) {
        consumer.join();
        if (!rewinding) {
            rewinding = true;
            rewindingSince = now();
        }
        space.signalAll();
        due.signalAll();
    }

    /** Forgets stored consumers that nobody joined as, if the options say so; else names them: they hold the clear. */
    public void settleAbsent() {
        lock.lock();
        try {
            absent.forEach((name, state) -> {
                if (options.dropAbsent()) {
                    LOG.warn(
                            "{}: consumer '{}' is not configured any more and is dropped at position {}: it will never see"
                                    + " the records after it",
                            key,
                            name,
                            state.position());
                } else {
                    LOG.warn(
                            "{}: consumer '{}' is not configured any more; its position {} holds the clear. Configure it"
                                    + " again, or set absentConsumer=drop",
                            key,
                            name,
                            state.position());
                }
            });
            if (options.dropAbsent() && !absent.isEmpty()) {
                absent.clear();
                dirty = true;
            }
        } finally {
            lock.unlock();
        }
    }

    void detached() {
        release();
        space.signalAll();
        work.signalAll();
    }

    // ---- reading: one thread

    /** True if the stream must be opened anew at {@link #resumeIndex}, because a consumer has joined. */
    public boolean isRewinding() {
        return rewinding;
    }

    /**
     * Once no record is outstanding, forgets the window and prepares to read from the lowest position on. A consumer that
     * does not give its records back for long is left behind until it does.
     *
     * @return false if there are outstanding records still
     */
    public boolean rewind(long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long deadline = now() + waitNanos;
            while (isAnythingOutstanding() && now() - rewindingSince < REWIND_PATIENCE_NANOS) {
                long wait = deadline - now();
                if (wait <= 0) {
                    return false;
                }
                work.awaitNanos(wait);
            }
            long after = Long.MAX_VALUE;
            for (ConsumerLedger consumer : consumers.values()) {
                if (consumer.isAttached() && consumer.outstanding() > 0) {
                    consumer.detain();
                }
                if (consumer.isReading()) {
                    after = Math.min(after, consumer.position());
                }
            }
            after = after == Long.MAX_VALUE ? 0 : after;
            memory.release(window.bytes());
            window = new Window(window.end());
            sequence = newSequence(after);
            if (counters.read == 0) {
                clear.sawOtherThanMark(after);
            }
            positioned = true;
            for (ConsumerLedger consumer : consumers.values()) {
                if (consumer.isReading()) {
                    consumer.restart(window.end());
                }
            }
            finished = false;
            rewinding = false;
            work.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isAnythingOutstanding() {
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.isAttached() && consumer.outstanding() > 0) {
                return true;
            }
        }
        return false;
    }

    private IndexSequence newSequence(long after) {
        return new IndexSequence(
                after,
                after > 0,
                options.reorderRecords(),
                options.reorderTime().toNanos());
    }

    /** Index at which the stream is to be opened. */
    public long resumeIndex() {
        lock.lock();
        try {
            return sequence.resumeIndex();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until more may be read: there is a consumer, the window and the memory have room, or the stream must be opened
     * anew.
     *
     * @return false if the time was over first
     */
    public boolean awaitSpace(long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long deadline = now() + waitNanos;
            while (!rewinding && !hasSpace()) {
                long wait = deadline - now();
                if (wait <= 0) {
                    return false;
                }
                space.awaitNanos(Math.min(wait, TimeUnit.MILLISECONDS.toNanos(100)));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean hasSpace() {
        long records = 0;
        long bytes = Long.MAX_VALUE;
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.isAttached()) {
                records = Math.max(records, consumer.options().maxInFlight());
                bytes = Math.min(bytes, consumer.options().maxInFlightBytes());
            }
        }
        long held = window.end() - window.first();
        return held == 0 && records > 0 || held < records && window.bytes() < bytes && memory.hasRoom();
    }

    /** Adds records just read; those that were read before are dropped. */
    public void add(RecordBlock block) {
        lock.lock();
        try {
            RecordBlock fresh = block;
            BitSet repeated = null;
            long[] holdAt = null;
            long now = now();
            for (int i = 0; i < block.count(); i++) {
                long index = block.index(i);
                switch (sequence.arrive(index, now)) {
                    case NEXT -> {
                        if (block.typeNumber(i) != RecordType.MARK.number()) {
                            clear.sawOtherThanMark(index);
                        }
                    }
                    case FILLS_HOLE -> {
                        holdAt = holdAt == null ? new long[block.count()] : holdAt;
                        holdAt[i] = sequence.readBefore(index);
                        counters.reordered++;
                    }
                    case LATE -> {
                        LOG.warn("{}: record {} came after its gap was closed; it is delivered late", key, index);
                        counters.late++;
                    }
                    case REPEATED -> {
                        repeated = repeated == null ? new BitSet(block.count()) : repeated;
                        repeated.set(i);
                        counters.repeated++;
                    }
                }
            }
            if (repeated != null) {
                holdAt = holdAt == null ? null : without(holdAt, repeated);
                fresh = block.without(repeated);
            }
            if (fresh.isEmpty()) {
                return;
            }
            counters.read += fresh.count();
            memory.take(fresh.length());
            window.add(fresh);
            long limit = sequence.limit();
            for (ConsumerLedger consumer : consumers.values()) {
                if (consumer.isAttached()) {
                    consumer.holeLimit(limit);
                    consumer.add(fresh, holdAt);
                }
            }
            release();
            dirty = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long[] without(long[] values, BitSet dropped) {
        long[] kept = new long[values.length - dropped.cardinality()];
        int count = 0;
        for (int i = dropped.nextClearBit(0); i < values.length; i = dropped.nextClearBit(i + 1)) {
            kept[count++] = values[i];
        }
        return kept;
    }

    /** Tells that everything there is has been read for now. */
    public void endOfStream(boolean isFinished) {
        lock.lock();
        try {
            dirty |= clear.endOfStream(sequence.highest());
            for (ConsumerLedger consumer : consumers.values()) {
                if (consumer.isAttached()) {
                    consumer.endOfStream();
                }
            }
            if (isFinished && !finished) {
                finished = true;
                checkpointWanted = true;
                due.signalAll();
                work.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks for holes that stayed open too long. They are closed as gaps, unless the options say that a gap stops the MDT:
     * then they go on holding the clear.
     *
     * @return the gaps found, as text
     */
    public List<String> gaps() {
        lock.lock();
        try {
            if (!sequence.hasHoles()) {
                return List.of();
            }
            List<String> reports = new ArrayList<>();
            for (IndexSequence.Gap gap : sequence.expired(now(), finished)) {
                reports.add("[" + gap.from() + ", " + gap.to() + ")");
                if (!options.stopOnGap()) {
                    sequence.close(gap);
                    counters.gaps++;
                    counters.missing += gap.to() - gap.from();
                    dirty = true;
                }
            }
            holeLimitMoved();
            return reports;
        } finally {
            lock.unlock();
        }
    }

    private void holeLimitMoved() {
        long limit = sequence.limit();
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.isAttached()) {
                consumer.holeLimit(limit);
            }
        }
    }

    public boolean stopsOnGap() {
        return options.stopOnGap();
    }

    // ---- windows and waiting: for ConsumerLedger, under the lock

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    long now() {
        return clock.getAsLong();
    }

    /** Callers loop over their own condition. */
    @SuppressWarnings("WaitNotInLoop")
    void awaitWork(long nanos) throws InterruptedException {
        work.awaitNanos(nanos);
    }

    void signalWork() {
        work.signalAll();
    }

    long windowEnd() {
        return window.end();
    }

    Window.Span span(long slot) {
        return window.span(slot);
    }

    boolean isFinished() {
        return finished;
    }

    void checkpointSoon() {
        if (!checkpointWanted) {
            checkpointWanted = true;
            due.signalAll();
        }
    }

    /** A consumer's prefix has grown to {@code first}. */
    void advanced(ConsumerLedger consumer, long first) {
        dirty = true;
        long span = consumer.uncheckpointed();
        int batch = options.clearBatch();
        if (span >= consumer.options().maxInFlight() / 2
                || batch > 0 && span >= batch
                || finished && consumer.isDrained()) {
            checkpointSoon();
        }
        if (first >= window.firstEnd() && consumer.isAttached()) {
            release();
        }
    }

    private void release() {
        long needed = Long.MAX_VALUE;
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.isAttached()) {
                needed = Math.min(needed, consumer.tracker().first());
            }
        }
        if (window.first() < window.end() && needed >= window.firstEnd()) {
            remember(Math.min(needed, window.end()) - 1);
            memory.release(window.releaseBelow(needed));
            space.signalAll();
        }
    }

    private void remember(long slot) {
        Window.Span span = window.span(slot);
        int at = (int) (slot - span.firstSlot());
        RecordBlock block = span.block();
        last = new LedgerState.LastRecord(
                block.index(at), block.time(at), block.targetFid(at).toString());
    }

    // ---- checkpoints and clears: one thread

    /**
     * Waits until a checkpoint is due; false if the time was over first.
     *
     * @param clearPossible false while no clear can be sent: a heartbeat is not due then
     */
    public boolean awaitCheckpointDue(long waitNanos, boolean clearPossible) throws InterruptedException {
        lock.lock();
        try {
            long deadline = now() + waitNanos;
            while (!checkpointWanted) {
                long now = now();
                long wait = deadline - now;
                long target = clearPossible ? clearTarget(now) : 0;
                if (dirty || target > 0) {
                    long rest = options.clearInterval().toNanos() - (now - lastCheckpointNanos);
                    if (rest <= 0) {
                        return true;
                    }
                    wait = Math.min(wait, rest);
                }
                if (deadline - now <= 0) {
                    return false;
                }
                due.awaitNanos(Math.max(wait, 1));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes the positions, and then says what may be cleared.
     *
     * @param clearPossible false while an earlier clear is still under way: the answer is 0 then
     * @return the index to clear up to, 0 for none
     * @throws AckRepositoryException nothing was written, nothing may be cleared
     */
    public long checkpoint(boolean clearPossible) throws AckRepositoryException {
        LedgerState state;
        long target;
        Map<ConsumerLedger, Long> firsts = new HashMap<>();
        lock.lock();
        try {
            checkpointWanted = false;
            dirty = false;
            checkpointing = true;
            lastCheckpointNanos = now();
            target = clearPossible ? clearTarget(lastCheckpointNanos) : 0;
            SortedMap<String, LedgerState.ConsumerState> positions = new TreeMap<>(absent);
            for (ConsumerLedger consumer : consumers.values()) {
                if (consumer.hasPosition()) {
                    positions.put(
                            consumer.name(), new LedgerState.ConsumerState(consumer.position(), consumer.ranges()));
                }
                firsts.put(consumer, consumer.tracker().first());
            }
            state = new LedgerState(key, identity, positions, clear.floor(), clear.intentWith(target), last);
        } finally {
            lock.unlock();
        }
        try {
            repository.save(state);
        } catch (AckRepositoryException e) {
            lock.lock();
            try {
                dirty = true;
                checkpointing = false;
                counters.checkpointErrors++;
            } finally {
                lock.unlock();
            }
            throw e;
        }
        lock.lock();
        try {
            counters.checkpoints++;
            checkpointing = false;
            clear.intend(state.cleared());
            firsts.forEach(ConsumerLedger::checkpointed);
            work.signalAll();
        } finally {
            lock.unlock();
        }
        return target;
    }

    private long clearTarget(long now) {
        long position = Long.MAX_VALUE;
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.options().ack() != AckMode.NONE) {
                position = Math.min(position, consumer.position());
            }
        }
        for (LedgerState.ConsumerState state : absent.values()) {
            position = Math.min(position, state.position());
        }
        return clear.target(position, now);
    }

    /** The MDT has taken a clear. */
    public void cleared(long index) {
        lock.lock();
        try {
            counters.clears++;
            clear.done(index, now());
            due.signalAll();
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The MDT has refused a clear, or could not be asked. */
    public void clearFailed() {
        lock.lock();
        try {
            counters.clearErrors++;
        } finally {
            lock.unlock();
        }
    }

    /**
     * True once a finite source is read to its end and all that is to be delivered, acknowledged and cleared has been.
     *
     * @param clearRefused true if no clear will be sent any more: then none is waited for
     */
    public boolean isComplete(boolean clearRefused) {
        lock.lock();
        try {
            if (!finished || rewinding || dirty || checkpointWanted || checkpointing || sequence.hasHoles()) {
                return false;
            }
            for (ConsumerLedger consumer : consumers.values()) {
                if (!consumer.isDrained() || !consumer.isAttached() && consumer.position() < sequence.highest()) {
                    return false;
                }
            }
            return clearRefused || clearTarget(now()) == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the memory of the window back: nothing will be handed over any more. */
    public void close() {
        lock.lock();
        try {
            memory.release(window.bytes());
            window = new Window(window.end());
        } finally {
            lock.unlock();
        }
    }

    public LedgerStatus status() {
        lock.lock();
        try {
            return new LedgerStatus(
                    sequence.highest(),
                    clear.cleared(),
                    clear.floor(),
                    window.end() - window.first(),
                    window.bytes(),
                    sequence.hasHoles(),
                    counters.read,
                    counters.repeated,
                    counters.reordered,
                    counters.late,
                    counters.gaps,
                    counters.missing,
                    counters.checkpoints,
                    counters.checkpointErrors,
                    counters.clears,
                    counters.clearErrors);
        } finally {
            lock.unlock();
        }
    }

    /** True if every record up to {@code index} that was or will be handed to the consumer is acknowledged by it. */
    public boolean isAcknowledged(String consumer, long index) {
        lock.lock();
        try {
            ConsumerLedger known = consumers.get(consumer);
            if (known == null) {
                LedgerState.ConsumerState stored = absent.get(consumer);
                return stored != null && index <= stored.position();
            }
            return known.isAcknowledgedIndex(index);
        } finally {
            lock.unlock();
        }
    }
}

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
    private boolean rewinding;
    private boolean finished;

    private long clearFloor;
    private long cleared;
    private long clearIntent;
    private boolean clearSent;
    private long lastClearNanos;
    private long newestNotMark;
    private LedgerState.LastRecord last;

    private boolean dirty;
    private boolean checkpointWanted;
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
        if (state == null) {
            clearFloor = mark.isPresent() ? mark.getAsLong() + 1 : LedgerState.FLOOR_UNKNOWN;
        } else {
            if (!state.identity().equals(identity)) {
                throw new AckRepositoryException(key + ": the stored positions are those of '" + state.identity()
                        + "', the source is now '" + identity
                        + "': use another data folder, or start over without the stored positions");
            }
            absent.putAll(state.consumers());
            clearFloor = mark.isPresent() ? Math.max(state.clearFloor(), mark.getAsLong()) : state.clearFloor();
            cleared = mark.isPresent() ? Math.min(state.cleared(), mark.getAsLong()) : state.cleared();
            clearIntent = state.cleared();
            clearSent = state.cleared() > 0;
            last = state.last();
        }
        long now = clock.getAsLong();
        sequence = newSequence(0);
        lastClearNanos = now;
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
                rejoin(known);
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
            return new ConsumerLedger(this, consumer, stored.position(), stored.ranges(), false);
        }
        long shared = sharedPosition();
        if (shared > 0) {
            return new ConsumerLedger(this, consumer, shared, new long[0], false);
        }
        return switch (consumer.start().kind()) {
            case NEWEST -> new ConsumerLedger(this, consumer, newest.orElse(0), new long[0], newest.isEmpty());
            case MARK -> {
                long mark = consumer.start().mark();
                clearFloor = Math.max(clearFloor, mark + 1);
                yield new ConsumerLedger(this, consumer, mark, new long[0], false);
            }
            case OLDEST -> new ConsumerLedger(this, consumer, 0, new long[0], false);
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
        rewinding = true;
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
     * Once no record is outstanding, forgets the window and prepares to read from the lowest position on.
     *
     * @return false if there are outstanding records still, or the time was over
     */
    public boolean rewind(long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long deadline = now() + waitNanos;
            while (isAnythingOutstanding()) {
                long wait = deadline - now();
                if (wait <= 0) {
                    return false;
                }
                work.awaitNanos(wait);
            }
            long after = Long.MAX_VALUE;
            for (ConsumerLedger consumer : consumers.values()) {
                if (consumer.isActive()) {
                    after = Math.min(after, consumer.position());
                }
            }
            after = after == Long.MAX_VALUE ? 0 : after;
            memory.release(window.bytes());
            window = new Window(window.end());
            sequence = newSequence(after);
            newestNotMark = Math.max(newestNotMark, after);
            for (ConsumerLedger consumer : consumers.values()) {
                if (consumer.isActive()) {
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

    private boolean hasSpace() {
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
                            newestNotMark = Math.max(newestNotMark, index);
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
            for (ConsumerLedger consumer : consumers.values()) {
                if (consumer.isAttached()) {
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
            if (clearFloor == LedgerState.FLOOR_UNKNOWN) {
                clearFloor = sequence.highest();
                dirty = true;
            }
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
            for (IndexSequence.Gap gap : sequence.expired(now())) {
                reports.add("[" + gap.from() + ", " + gap.to() + ")");
                if (!options.stopOnGap()) {
                    sequence.close(gap);
                    counters.gaps++;
                    counters.missing += gap.to() - gap.from();
                    dirty = true;
                }
            }
            return reports;
        } finally {
            lock.unlock();
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

    long holeLimit() {
        return sequence.limit();
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
        if (consumer.isAttached() && window.first() < first && window.first() < window.end()) {
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
        long old = window.first();
        if (needed <= old) {
            return;
        }
        if (old < window.end()
                && (needed == Long.MAX_VALUE || needed >= window.span(old).endSlot())) {
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
                long sinceLast = now - lastCheckpointNanos;
                if (dirty && sinceLast >= options.clearInterval().toNanos() || clearPossible && isHeartbeatDue(now)) {
                    return true;
                }
                long wait = deadline - now;
                if (wait <= 0) {
                    return false;
                }
                if (dirty) {
                    wait = Math.min(wait, options.clearInterval().toNanos() - sinceLast);
                }
                due.awaitNanos(Math.max(wait, 1));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isHeartbeatDue(long now) {
        return clearSent && now - lastClearNanos >= options.heartbeat().toNanos();
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
            dirty = !clearPossible && clearTarget() > 0;
            lastCheckpointNanos = now();
            target = clearPossible ? clearTarget() : 0;
            SortedMap<String, LedgerState.ConsumerState> positions = new TreeMap<>(absent);
            for (ConsumerLedger consumer : consumers.values()) {
                positions.put(
                        consumer.name(),
                        new LedgerState.ConsumerState(
                                consumer.position(), consumer.tracker().ranges()));
                firsts.put(consumer, consumer.tracker().first());
            }
            state = new LedgerState(key, identity, positions, clearFloor, Math.max(clearIntent, target), last);
        } finally {
            lock.unlock();
        }
        try {
            repository.save(state);
        } catch (AckRepositoryException e) {
            lock.lock();
            try {
                dirty = true;
                counters.checkpointErrors++;
            } finally {
                lock.unlock();
            }
            throw e;
        }
        lock.lock();
        try {
            counters.checkpoints++;
            clearIntent = state.cleared();
            firsts.forEach(ConsumerLedger::checkpointed);
            work.signalAll();
        } finally {
            lock.unlock();
        }
        return target;
    }

    private long clearTarget() {
        if (key.user().isEmpty() || clearFloor == LedgerState.FLOOR_UNKNOWN) {
            return 0;
        }
        long target = Long.MAX_VALUE;
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.options().ack() != AckMode.NONE) {
                target = Math.min(target, consumer.position());
            }
        }
        for (LedgerState.ConsumerState state : absent.values()) {
            target = Math.min(target, state.position());
        }
        boolean heartbeat = isHeartbeatDue(now());
        if (target == Long.MAX_VALUE || target < clearFloor || target <= cleared) {
            return heartbeat ? cleared : 0;
        }
        return newestNotMark > cleared || heartbeat ? target : 0;
    }

    /** The MDT has taken a clear. */
    public void cleared(long index) {
        lock.lock();
        try {
            counters.clears++;
            cleared = Math.max(cleared, index);
            clearSent = true;
            lastClearNanos = now();
            dirty |= clearTarget() > 0;
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
            dirty = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * True once a finite source is read to its end and all that is to be delivered, acknowledged and cleared has been.
     *
     * @param clearRefused true if the MDT will not be asked for another clear, so that none is waited for
     */
    public boolean isComplete(boolean clearRefused) {
        lock.lock();
        try {
            if (!finished || rewinding || dirty || checkpointWanted) {
                return false;
            }
            for (ConsumerLedger consumer : consumers.values()) {
                if (consumer.isAttached() && !consumer.isDrained()) {
                    return false;
                }
            }
            return clearRefused || clearTarget() == 0;
        } finally {
            lock.unlock();
        }
    }

    public LedgerStatus status() {
        lock.lock();
        try {
            return new LedgerStatus(
                    sequence.highest(),
                    cleared,
                    clearFloor,
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

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.RecordBlock;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

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
    private final LedgerKey key;
    private final LedgerOptions options;
    private final LedgerLock lock;
    private final ClearDecision clear;
    private final LedgerCounters counters = new LedgerCounters();
    private final Roster roster;
    private final Checkpoints checkpoints;
    private final Reading reading;

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
        this.options = options;
        LedgerState state = repository.load(key).orElse(null);
        if (state != null && !state.identity().equals(identity)) {
            throw new AckRepositoryException(key + ": the stored positions are those of '" + state.identity()
                    + "', the source is now '" + identity
                    + "': use another data folder, or start over without the stored positions");
        }
        lock = new LedgerLock(clock);
        clear = new ClearDecision(
                !key.user().isEmpty(), state, mark, options.heartbeat().toNanos(), lock.now());
        roster = new Roster(this, state, clear);
        checkpoints = new Checkpoints(key, identity, state, options, repository, lock, roster, clear, counters);
        reading = new Reading(
                key, state == null ? null : state.last(), options, memory, lock, roster, checkpoints, clear, counters);
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
            return roster.join(consumer, newest);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets stored consumers that nobody joined as, if the options say so; else names them: they hold the clear. */
    public void settleAbsent() {
        lock.lock();
        try {
            if (roster.settleAbsent(options.dropAbsent())) {
                checkpoints.changed();
            }
        } finally {
            lock.unlock();
        }
    }

    /** True if every record up to {@code index} that was or will be handed to the consumer is acknowledged by it. */
    public boolean isAcknowledged(String consumer, long index) {
        lock.lock();
        try {
            return roster.isAcknowledged(consumer, index);
        } finally {
            lock.unlock();
        }
    }

    // ---- reading: one thread

    /** True if the stream must be opened anew at {@link #resumeIndex}, because a consumer has joined. */
    public boolean isRewinding() {
        return reading.isRewinding();
    }

    /**
     * Once no record is outstanding, forgets the window and prepares to read from the lowest position on. A consumer that
     * does not give its records back for long is left behind until it does.
     *
     * @return false if there are outstanding records still
     */
    public boolean rewind(long waitNanos) throws InterruptedException {
        return reading.rewind(waitNanos);
    }

    /** Index at which the stream is to be opened. */
    public long resumeIndex() {
        lock.lock();
        try {
            return reading.resumeIndex();
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
        return reading.awaitSpace(waitNanos);
    }

    /** Adds records just read; those that were read before are dropped. */
    public void add(RecordBlock block) {
        reading.add(block);
    }

    /** Tells that everything there is has been read for now. */
    public void endOfStream(boolean isFinished) {
        reading.endOfStream(isFinished);
    }

    /**
     * Looks for holes that stayed open too long. They are closed as gaps, unless the options say that a gap stops the MDT:
     * then they go on holding the clear.
     *
     * @return the gaps found, as text
     */
    public List<String> gaps() {
        return reading.gaps();
    }

    /** The newest record that was read, now or before a restart; null if none is known. */
    public LedgerState.LastRecord newest() {
        lock.lock();
        try {
            return reading.newest();
        } finally {
            lock.unlock();
        }
    }

    public boolean stopsOnGap() {
        return options.stopOnGap();
    }

    /** Gives the memory of the window back: nothing will be handed over any more. */
    public void close() {
        lock.lock();
        try {
            reading.forgetWindow();
        } finally {
            lock.unlock();
        }
    }

    // ---- checkpoints and clears: one thread

    /**
     * Waits until a checkpoint is due; false if the time was over first.
     *
     * @param clearPossible false while no clear can be sent: a heartbeat is not due then
     */
    public boolean awaitCheckpointDue(long waitNanos, boolean clearPossible) throws InterruptedException {
        return checkpoints.awaitDue(waitNanos, clearPossible);
    }

    /**
     * Writes the positions, and then says what may be cleared.
     *
     * @param clearPossible false while an earlier clear is still under way: the answer is 0 then
     * @return the index to clear up to, 0 for none
     * @throws AckRepositoryException nothing was written, nothing may be cleared
     */
    public long checkpoint(boolean clearPossible) throws AckRepositoryException {
        return checkpoints.write(clearPossible);
    }

    /** The MDT has taken a clear. */
    public void cleared(long index) {
        checkpoints.cleared(index);
    }

    /** The MDT has refused a clear, or could not be asked. */
    public void clearFailed() {
        checkpoints.clearFailed();
    }

    // ---- what there is to see

    /**
     * True once a finite source is read to its end and all that is to be delivered, acknowledged and cleared has been.
     *
     * @param clearRefused true if no clear will be sent any more: then none is waited for
     */
    public boolean isComplete(boolean clearRefused) {
        lock.lock();
        try {
            return reading.isFinished()
                    && !reading.isRewinding()
                    && !reading.hasHoles()
                    && checkpoints.isWritten()
                    && roster.isDrained(reading.highest())
                    && (clearRefused || checkpoints.isCleared());
        } finally {
            lock.unlock();
        }
    }

    public LedgerStatus status() {
        lock.lock();
        try {
            Window window = reading.window();
            return new LedgerStatus(
                    reading.highest(),
                    clear.cleared(),
                    clear.floor(),
                    window.end() - window.first(),
                    window.bytes(),
                    reading.hasHoles(),
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

    // ---- for the consumers, under the lock

    LedgerLock lock() {
        return lock;
    }

    Window window() {
        return reading.window();
    }

    boolean hasSpace() {
        return reading.hasSpace();
    }

    boolean isFinished() {
        return reading.isFinished();
    }

    void checkpointSoon() {
        checkpoints.soon();
    }

    /** A consumer wants to take part in a new reading. */
    void rejoin(ConsumerLedger consumer) {
        consumer.attendance().join();
        reading.askForRewind();
    }

    /** A consumer has left the window. */
    void detached() {
        reading.release();
        lock.signalSpace();
        lock.signalWork();
    }

    /** A consumer's prefix has grown to {@code first}. */
    void advanced(ConsumerLedger consumer, long first) {
        checkpoints.advanced(consumer, reading.isFinished());
        if (consumer.attendance().isAttached()) {
            reading.advanced(first);
        }
    }
}

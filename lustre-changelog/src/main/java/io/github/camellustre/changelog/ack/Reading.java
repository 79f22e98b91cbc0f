// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one MDT's reader has read: it fills the window for all consumers, drops what was read before, watches for holes in
 * the indexes, and starts anew when a consumer joins. One thread reads; all else is guarded by the ledger's lock.
 */
final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    /** So long a rewind waits for records that are out. */
    private static final long REWIND_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LedgerKey key;
    private final LedgerOptions options;
    private final MemoryBudget memory;
    private final LedgerLock lock;
    private final Roster roster;
    private final Checkpoints checkpoints;
    private final ClearDecision clear;
    private final LedgerCounters counters;

    private Window window = new Window(0);
    private IndexSequence sequence;
    private volatile boolean rewinding;
    private long rewindingSince;
    private boolean finished;
    /** The newest record that was ever read, as far as is known. */
    private LedgerState.LastRecord newest;

    Reading(
            LedgerKey key,
            LedgerState.LastRecord newest,
            LedgerOptions options,
            MemoryBudget memory,
            LedgerLock lock,
            Roster roster,
            Checkpoints checkpoints,
            ClearDecision clear,
            LedgerCounters counters) {
        this.key = key;
        this.newest = newest;
        this.options = options;
        this.memory = memory;
        this.lock = lock;
        this.roster = roster;
        this.checkpoints = checkpoints;
        this.clear = clear;
        this.counters = counters;
        this.sequence = newSequence(0);
    }

    private IndexSequence newSequence(long after) {
        return new IndexSequence(
                after,
                after > 0,
                options.reorderRecords(),
                options.reorderTime().toNanos());
    }

    // ---- starting anew

    /** Somebody joins: the stream must be opened anew. */
    void askForRewind() {
        if (!rewinding) {
            rewinding = true;
            rewindingSince = lock.now();
        }
        lock.signalSpace();
        lock.signalDue();
    }

    boolean isRewinding() {
        return rewinding;
    }

    boolean rewind(long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long deadline = lock.now() + waitNanos;
            while (roster.isAnythingOutstanding() && lock.now() - rewindingSince < REWIND_PATIENCE_NANOS) {
                long wait = deadline - lock.now();
                if (wait <= 0) {
                    return false;
                }
                lock.awaitWork(wait);
            }
            long after = roster.startOfNextReading();
            forgetWindow();
            sequence = newSequence(after);
            if (counters.read == 0) {
                clear.sawOtherThanMark(after);
            }
            roster.restart(window.end());
            finished = false;
            rewinding = false;
            lock.signalWork();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives its memory back. */
    void forgetWindow() {
        memory.release(window.bytes());
        window = new Window(window.end());
    }

    long resumeIndex() {
        return sequence.resumeIndex();
    }

    // ---- reading on

    boolean awaitSpace(long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long deadline = lock.now() + waitNanos;
            while (!rewinding && !hasSpace()) {
                long wait = deadline - lock.now();
                if (wait <= 0) {
                    return false;
                }
                lock.awaitSpace(Math.min(wait, TimeUnit.MILLISECONDS.toNanos(100)));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean hasSpace() {
        long records = 0;
        long bytes = Long.MAX_VALUE;
        for (ConsumerLedger consumer : roster.joined()) {
            if (consumer.attendance().isAttached()) {
                records = Math.max(records, consumer.options().maxInFlight());
                bytes = Math.min(bytes, consumer.options().maxInFlightBytes());
            }
        }
        long held = window.end() - window.first();
        return held == 0 && records > 0 || held < records && window.bytes() < bytes && memory.hasRoom();
    }

    void add(RecordBlock block) {
        lock.lock();
        try {
            RecordBlock fresh = block;
            BitSet repeated = null;
            long[] holdAt = null;
            long now = lock.now();
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
            if (!fresh.isEmpty()) {
                keep(fresh, holdAt);
            }
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

    private void keep(RecordBlock fresh, long[] holdAt) {
        counters.read += fresh.count();
        int last = fresh.count() - 1;
        if (newest == null || fresh.index(last) > newest.index()) {
            newest = LedgerState.LastRecord.of(fresh, last);
        }
        memory.take(fresh.length());
        window.add(fresh);
        // first the limit, so that what counts as acknowledged at once does not pass a hole that this block opened
        roster.holeLimit(sequence.limit());
        roster.add(fresh, holdAt);
        release();
        checkpoints.changed();
        lock.signalWork();
    }

    void endOfStream(boolean isFinished) {
        lock.lock();
        try {
            if (clear.endOfStream(sequence.highest())) {
                checkpoints.changed();
            }
            roster.endOfStream();
            if (isFinished && !finished) {
                finished = true;
                checkpoints.soon();
                lock.signalWork();
            }
        } finally {
            lock.unlock();
        }
    }

    List<String> gaps() {
        lock.lock();
        try {
            if (!sequence.hasHoles()) {
                return List.of();
            }
            List<String> reports = new ArrayList<>();
            for (IndexSequence.Gap gap : sequence.expired(lock.now(), finished)) {
                reports.add("[" + gap.from() + ", " + gap.to() + ")");
                if (!options.stopOnGap()) {
                    sequence.close(gap);
                    counters.gaps++;
                    counters.missing += gap.to() - gap.from();
                    checkpoints.changed();
                }
            }
            roster.holeLimit(sequence.limit());
            return reports;
        } finally {
            lock.unlock();
        }
    }

    // ---- the window

    /** A consumer that takes part has acknowledged everything below {@code slot}. */
    void advanced(long slot) {
        if (slot >= window.firstEnd()) {
            release();
        }
    }

    /** Forgets what nobody needs any more. */
    void release() {
        long needed = roster.neededFrom();
        if (window.first() < window.end() && needed >= window.firstEnd()) {
            remember(Math.min(needed, window.end()) - 1);
            memory.release(window.releaseBelow(needed));
            lock.signalSpace();
        }
    }

    private void remember(long slot) {
        Window.Span span = window.span(slot);
        int at = (int) (slot - span.firstSlot());
        checkpoints.passed(LedgerState.LastRecord.of(span.block(), at));
    }

    Window window() {
        return window;
    }

    LedgerState.LastRecord newest() {
        return newest;
    }

    /** Greatest index read. */
    long highest() {
        return sequence.highest();
    }

    boolean hasHoles() {
        return sequence.hasHoles();
    }

    /** A finite source has been read to its end. */
    boolean isFinished() {
        return finished;
    }
}

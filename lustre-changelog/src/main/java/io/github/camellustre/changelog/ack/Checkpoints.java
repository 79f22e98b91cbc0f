// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.HashMap;
import java.util.Map;

/**
 * When the positions of one MDT go to disk, and what may be cleared after that: first the positions with the intent, then
 * the clear. One thread writes; the ledger's lock is not held while it does.
 */
final class Checkpoints {
    private final LedgerKey key;
    private final String identity;
    private final LedgerOptions options;
    private final AckRepository repository;
    private final LedgerLock lock;
    private final Roster roster;
    private final ClearDecision clear;
    private final LedgerCounters counters;

    private LedgerState.LastRecord last;
    private boolean dirty;
    private boolean wanted;
    private boolean writing;
    private long lastNanos;

    /** @param state what was stored, null if nothing */
    Checkpoints(
            LedgerKey key,
            String identity,
            LedgerState state,
            LedgerOptions options,
            AckRepository repository,
            LedgerLock lock,
            Roster roster,
            ClearDecision clear,
            LedgerCounters counters) {
        this.key = key;
        this.identity = identity;
        this.options = options;
        this.repository = repository;
        this.lock = lock;
        this.roster = roster;
        this.clear = clear;
        this.counters = counters;
        this.last = state == null ? null : state.last();
        this.lastNanos = lock.now();
    }

    /** There is something new to write. */
    void changed() {
        dirty = true;
    }

    /** The newest record that all have acknowledged. */
    void passed(LedgerState.LastRecord record) {
        last = record;
    }

    /** A consumer's prefix has grown. */
    void advanced(ConsumerLedger consumer, boolean atEnd) {
        dirty = true;
        long span = consumer.acks().uncheckpointed();
        int batch = options.clearBatch();
        if (span >= consumer.options().maxInFlight() / 2
                || batch > 0 && span >= batch
                || atEnd && consumer.isDrained()) {
            soon();
        }
    }

    void soon() {
        if (!wanted) {
            wanted = true;
            lock.signalDue();
        }
    }

    boolean awaitDue(long waitNanos, boolean clearPossible) throws InterruptedException {
        lock.lock();
        try {
            long deadline = lock.now() + waitNanos;
            while (!wanted) {
                long now = lock.now();
                long wait = deadline - now;
                long target = clearPossible ? clearTarget(now) : 0;
                if (dirty || target > 0) {
                    long rest = options.clearInterval().toNanos() - (now - lastNanos);
                    if (rest <= 0) {
                        return true;
                    }
                    wait = Math.min(wait, rest);
                }
                if (deadline - now <= 0) {
                    return false;
                }
                lock.awaitDue(Math.max(wait, 1));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    long write(boolean clearPossible) throws AckRepositoryException {
        LedgerState state;
        long target;
        Map<ConsumerLedger, Long> firsts = new HashMap<>();
        lock.lock();
        try {
            wanted = false;
            dirty = false;
            writing = true;
            lastNanos = lock.now();
            target = clearPossible ? clearTarget(lastNanos) : 0;
            for (ConsumerLedger consumer : roster.joined()) {
                firsts.put(consumer, consumer.acks().first());
            }
            state = new LedgerState(key, identity, roster.positions(), clear.floor(), clear.intentWith(target), last);
        } finally {
            lock.unlock();
        }
        try {
            repository.save(state);
        } catch (AckRepositoryException | RuntimeException | Error e) {
            failed();
            throw e;
        }
        lock.lock();
        try {
            counters.checkpoints++;
            writing = false;
            clear.intend(state.cleared());
            firsts.forEach((consumer, first) -> {
                LedgerState.ConsumerState stored = state.consumers().get(consumer.name());
                consumer.acks().checkpointed(first, stored == null ? 0 : stored.position());
            });
            lock.signalWork();
        } finally {
            lock.unlock();
        }
        return target;
    }

    private void failed() {
        lock.lock();
        try {
            dirty = true;
            writing = false;
            counters.checkpointErrors++;
        } finally {
            lock.unlock();
        }
    }

    private long clearTarget(long now) {
        return clear.target(roster.clearablePosition(), now);
    }

    void cleared(long index) {
        lock.lock();
        try {
            counters.clears++;
            clear.done(index, lock.now());
            lock.signalDue();
            lock.signalWork();
        } finally {
            lock.unlock();
        }
    }

    void clearFailed() {
        lock.lock();
        try {
            counters.clearErrors++;
        } finally {
            lock.unlock();
        }
    }

    /** True if all is on disk that there is to write. */
    boolean isWritten() {
        return !dirty && !wanted && !writing;
    }

    boolean isCleared() {
        return clearTarget(lock.now()) == 0;
    }
}

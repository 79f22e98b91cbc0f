// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The one lock of an MDT's ledger, with what its threads wait for under it: the consumers for work, the reader for space,
 * the acknowledger for a checkpoint that is due. Whoever waits looks at the {@link #now} of the same clock.
 */
final class LedgerLock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition space = lock.newCondition();
    private final Condition due = lock.newCondition();
    private final LongSupplier clock;

    LedgerLock(LongSupplier clock) {
        this.clock = clock;
    }

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

    /** Callers loop over their own condition. */
    @SuppressWarnings("WaitNotInLoop")
    void awaitSpace(long nanos) throws InterruptedException {
        space.awaitNanos(nanos);
    }

    /** Callers loop over their own condition. */
    @SuppressWarnings("WaitNotInLoop")
    void awaitDue(long nanos) throws InterruptedException {
        due.awaitNanos(nanos);
    }

    void signalWork() {
        work.signalAll();
    }

    void signalSpace() {
        space.signalAll();
    }

    void signalDue() {
        due.signalAll();
    }
}

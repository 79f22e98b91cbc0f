// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.RecordBlock;
import java.util.concurrent.TimeUnit;

/**
 * One consumer on one MDT: what it was handed, what it has acknowledged, and what comes next after a failure.
 *
 * <p>One thread takes {@link Handout}s; any thread completes tokens. A failure pauses this consumer alone: it is handed
 * nothing until its outstanding tokens are back and its back-off is over, then everything from its first unacknowledged
 * record on. All state is guarded by the lock of the {@link MdtLedger}.
 */
public final class ConsumerLedger {
    private final MdtLedger ledger;
    private final LedgerLock lock;
    private ConsumerOptions options;
    private final ConsumerCounters counters = new ConsumerCounters();
    private final Failures failures = new Failures();
    private final Deliveries deliveries = new Deliveries();
    private final Acknowledgements acks;
    private final Attendance attendance;
    private final HandOver handOver;
    private final Turns turns;

    /**
     * @param ranges acknowledged above {@code position}
     * @param skipToEnd true if everything up to the first end of the stream counts as acknowledged
     * @param positioned true if {@code position} is one to go back to even if nothing is ever read
     */
    ConsumerLedger(
            MdtLedger ledger,
            ConsumerOptions options,
            long position,
            long[] ranges,
            boolean skipToEnd,
            boolean positioned) {
        this.ledger = ledger;
        this.lock = ledger.lock();
        this.options = options;
        acks = new Acknowledgements(counters, position, ranges, skipToEnd, positioned);
        attendance = new Attendance(ledger, this, deliveries, failures);
        handOver = new HandOver(ledger, this, acks, deliveries, failures, counters);
        turns = new Turns(this, acks, deliveries);
    }

    public String name() {
        return options.name();
    }

    public String mdt() {
        return ledger.key().mdt();
    }

    ConsumerOptions options() {
        return options;
    }

    void options(ConsumerOptions fresh) {
        options = fresh;
    }

    Acknowledgements acks() {
        return acks;
    }

    Attendance attendance() {
        return attendance;
    }

    // ---- reading: called by the ledger, under its lock

    /** A new reading begins at {@code firstSlot}: what is not acknowledged will be read again. */
    void restart(long firstSlot) {
        acks.restart(firstSlot);
        handOver.restart(firstSlot);
        attendance.attach();
    }

    /** @param holdAt null, or for records that fill a hole the index at which the position must stay; 0 for all others */
    void add(RecordBlock block, long[] holdAt) {
        acks.add(block, holdAt, options.redelivery());
    }

    // ---- handing over: called by the consumer's delivering thread

    /** The next records to hand over; null if there are none before the time is over. */
    public Handout take(long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            return handOver.take(waitNanos);
        } finally {
            lock.unlock();
        }
    }

    boolean isCurrent(int delivery) {
        return deliveries.isCurrent(delivery) && !attendance.isBarred();
    }

    void giveBack(long firstSlot, int count, int delivery) {
        lock.lock();
        try {
            if (delivery == deliveries.current()) {
                handOver.giveBack(firstSlot, count);
            }
            returned(count, delivery);
        } finally {
            lock.unlock();
        }
    }

    // ---- completion: called by any thread

    LedgerLock lock() {
        return lock;
    }

    boolean awaitTurn(Token token, Runnable onOnlyGroupsHold) throws InterruptedException {
        return turns.await(token, onOnlyGroupsHold);
    }

    void completed(Token token, Throwable failure) {
        if (token.hasLostItsTurn()) {
            wentNoFurther(token);
            return;
        }
        lock.lock();
        try {
            if (failure == null) {
                if (deliveries.isCurrent(token.delivery())) {
                    failures.succeeded(token, options);
                }
                if (options.ack() != AckMode.MANUAL) {
                    acknowledgeSlots(token.firstSlot(), token.endSlot());
                }
            } else if (options.ack() == AckMode.NONE) {
                counters.failed++;
                acknowledgeSlots(token.firstSlot(), token.endSlot());
            } else if (token.delivery() == deliveries.current()
                    && !acks.isAllAcknowledged(token.firstSlot(), token.endSlot())) {
                counters.failed++;
                failures.add(token, failure, !deliveries.isPaused(), options, lock.now());
                deliveries.pause();
            }
            returned(token.count(), token.delivery());
        } finally {
            lock.unlock();
        }
    }

    /** That says nothing of the sink, and it comes again with what was before it. */
    private void wentNoFurther(Token token) {
        lock.lock();
        try {
            returned(token.count(), token.delivery());
        } finally {
            lock.unlock();
        }
    }

    private void returned(int count, int delivery) {
        turns.changed();
        if (deliveries.isRevoked(delivery)) {
            acks.returned(count);
            return;
        }
        deliveries.returned(count);
        if (deliveries.outstanding() == 0) {
            attendance.settled();
            lock.signalWork();
        }
    }

    private void acknowledgeSlots(long firstSlot, long endSlot) {
        long before = acks.first();
        acks.acknowledge(firstSlot, endSlot);
        advanced(before);
    }

    /** The prefix stood at {@code before}, and may have grown since. */
    void advanced(long before) {
        long first = acks.first();
        if (first != before) {
            failures.passed(first);
            ledger.advanced(this, first);
            turns.changed();
        }
    }

    void acknowledge(long firstSlot, long endSlot) {
        lock.lock();
        try {
            acknowledgeSlots(firstSlot, endSlot);
        } finally {
            lock.unlock();
        }
    }

    void acknowledgeUpTo(long index) {
        lock.lock();
        try {
            long before = acks.first();
            acks.acknowledgeUpTo(index, handOver.handedEnd());
            advanced(before);
        } finally {
            lock.unlock();
        }
    }

    void parked(int records) {
        deliveries.parked(records);
    }

    // ---- coming and going

    /** Hands nothing over from now on; once nothing is outstanding, leaves the window to the others. */
    public void suspend() {
        attendance.suspend();
    }

    /** Goes on where it stood. */
    public void resume() {
        attendance.resume();
    }

    /** Leaves: tokens that are still out are revoked, a late success of theirs counts. The position keeps holding the clear. */
    public void stop() {
        attendance.stop();
    }

    /** It has left the window. */
    void left() {
        acks.revoked(deliveries.revoke());
        handOver.unbind();
        ledger.detached();
    }

    /** Waits until nothing is outstanding; false if the time was over first. */
    public boolean awaitSettled(long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long deadline = lock.now() + waitNanos;
            while (deliveries.outstanding() > 0) {
                long wait = deadline - lock.now();
                if (wait <= 0) {
                    return false;
                }
                lock.awaitWork(wait);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    // ---- what there is to see

    /** Handed over and not back yet. */
    long outstanding() {
        return deliveries.outstanding();
    }

    /** True if it keeps records that others wait for. */
    boolean holdsRecords() {
        return attendance.isAttached() && outstanding() > 0;
    }

    /** True if every record read for it has been handed over and acknowledged. */
    boolean isDrained() {
        return deliveries.outstanding() == 0 && acks.first() == acks.end();
    }

    /** True if only aggregators' open groups keep this consumer from going on: they may wait for ever. */
    public boolean isHeldByGroupsOnly() {
        lock.lock();
        try {
            return deliveries.isAllParked()
                    && (deliveries.isPaused()
                            || !attendance.isServed()
                            || handOver.boundSince() != 0
                            || ledger.isRewinding()
                            || isAtFinishedEnd());
        } finally {
            lock.unlock();
        }
    }

    private boolean isAtFinishedEnd() {
        return ledger.isFinished() && handOver.next() >= ledger.window().end();
    }

    public ConsumerStatus status() {
        lock.lock();
        try {
            long boundSince = handOver.boundSince();
            return new ConsumerStatus(
                    name(),
                    options.ack(),
                    attendance.state(boundSince != 0),
                    acks.position(),
                    deliveries.outstanding(),
                    Math.max(0, handOver.handedEnd() - acks.checkpointedFirst()),
                    acks.storedPosition(),
                    acks.first() < acks.end() ? acks.index(acks.first()) : -1,
                    boundSince == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(lock.now() - boundSince),
                    deliveries.isPaused() || attendance.isExhausted() ? failures.oldestCause() : null,
                    counters.delivered,
                    counters.acknowledged,
                    counters.filtered,
                    counters.failed,
                    counters.redelivered);
        } finally {
            lock.unlock();
        }
    }
}

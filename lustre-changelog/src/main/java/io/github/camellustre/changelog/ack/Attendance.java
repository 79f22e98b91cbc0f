// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one consumer takes part: it joins, is suspended, goes on, stops, or is left behind by a rewind. Guarded by the
 * ledger's lock; {@link #isBarred} may be called without.
 */
final class Attendance {
    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);

    private final MdtLedger ledger;
    private final LedgerLock lock;
    private final ConsumerLedger consumer;
    private final Deliveries deliveries;
    private final Failures failures;

    private boolean attached;
    private boolean joining;
    /** Left behind by a rewind because its tokens did not come back; joins again when they do. */
    private volatile boolean detained;

    private volatile boolean suspended;
    private boolean exhausted;

    Attendance(MdtLedger ledger, ConsumerLedger consumer, Deliveries deliveries, Failures failures) {
        this.ledger = ledger;
        this.lock = ledger.lock();
        this.consumer = consumer;
        this.deliveries = deliveries;
        this.failures = failures;
    }

    /** The ledger has asked for a new reading that this consumer takes part in. */
    void join() {
        joining = true;
    }

    /** The reading has begun. */
    void attach() {
        joining = false;
        attached = true;
    }

    void suspend() {
        lock.lock();
        try {
            suspended = true;
            joining = false;
            if (attached && deliveries.outstanding() == 0) {
                detach();
            }
            lock.signalWork();
        } finally {
            lock.unlock();
        }
    }

    void resume() {
        lock.lock();
        try {
            suspended = false;
            if (exhausted) {
                exhausted = false;
                failures.clear();
            }
            if (!attached && !detained) {
                ledger.rejoin(consumer);
            }
            lock.signalWork();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            suspended = true;
            joining = false;
            if (attached || detained) {
                detach();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A record has used up its redeliveries: nothing is handed over until somebody has mended it. */
    void exhaust() {
        exhausted = true;
        suspended = true;
        if (deliveries.outstanding() == 0) {
            detach();
        }
    }

    /** All that was out is back. */
    void settled() {
        if (detained) {
            detained = false;
            if (suspended) {
                detach();
            } else {
                ledger.rejoin(consumer);
            }
        } else if (suspended && attached) {
            detach();
        }
    }

    private void detach() {
        attached = false;
        detained = false;
        consumer.left();
    }

    /** Leaves the window, although tokens are out: they are waited for, but the others are not to wait, too. */
    void detain() {
        LOG.warn(
                "{}: consumer '{}' has had {} records for long, from index {} on: the others go on without it until they are"
                        + " back",
                consumer.mdt(),
                consumer.name(),
                deliveries.outstanding(),
                consumer.acks().index(consumer.acks().first()));
        attached = false;
        detained = true;
        ledger.detached();
    }

    /** Takes records from the window. */
    boolean isAttached() {
        return attached;
    }

    /** Takes part in the next reading from the start. */
    boolean isReading() {
        return attached || joining;
    }

    /** Somebody is served under this name. */
    boolean isActive() {
        return attached || joining || detained;
    }

    /** May be handed records. */
    boolean isServed() {
        return attached && !suspended;
    }

    /** What it was handed is not to go further. */
    boolean isBarred() {
        return suspended || detained;
    }

    boolean isExhausted() {
        return exhausted;
    }

    ConsumerStatus.State state(boolean atBound) {
        if (exhausted) {
            return ConsumerStatus.State.EXHAUSTED;
        }
        if (suspended || !isActive()) {
            return ConsumerStatus.State.SUSPENDED;
        }
        if (deliveries.isPaused()) {
            return ConsumerStatus.State.BACKING_OFF;
        }
        return atBound || detained ? ConsumerStatus.State.HELD : ConsumerStatus.State.RUNNING;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.concurrent.TimeUnit;

/**
 * Lets what one consumer was handed wait for what it was handed before: see {@link Token#awaitTurn}. Its own methods but
 * {@link #await} are called under the ledger's lock.
 */
final class Turns {
    /** How often it looks whether only open groups hold it, which signals nothing. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ConsumerLedger consumer;
    private final Acknowledgements acks;
    private final Deliveries deliveries;
    private int waiting;

    Turns(ConsumerLedger consumer, Acknowledgements acks, Deliveries deliveries) {
        this.consumer = consumer;
        this.acks = acks;
        this.deliveries = deliveries;
    }

    /** Without the lock. */
    boolean await(Token token, Runnable onOnlyGroupsHold) throws InterruptedException {
        while (!isDecided(token)) {
            if (isHeldByGroupsOnly(token)) {
                onOnlyGroupsHold.run();
            }
        }
        return !token.hasLostItsTurn();
    }

    private boolean isDecided(Token token) throws InterruptedException {
        LedgerLock lock = consumer.lock();
        lock.lock();
        try {
            if (!decide(token)) {
                waiting++;
                try {
                    lock.awaitWork(LOOK_NANOS);
                } finally {
                    waiting--;
                }
            }
            return decide(token);
        } finally {
            lock.unlock();
        }
    }

    private boolean decide(Token token) {
        // Not if the consumer is suspended: it may go on, and then nothing would bring this again.
        if (!deliveries.isCurrent(token.delivery())) {
            token.loseTurn();
        }
        return token.hasLostItsTurn() || acks.first() >= token.firstSlot();
    }

    private boolean isHeldByGroupsOnly(Token token) {
        LedgerLock lock = consumer.lock();
        lock.lock();
        try {
            long parked = deliveries.parked();
            return parked > 0 && parked >= acks.unacknowledged(token.firstSlot());
        } finally {
            lock.unlock();
        }
    }

    /** Something was acknowledged, or is back. */
    void changed() {
        if (waiting > 0) {
            consumer.lock().signalWork();
        }
    }
}

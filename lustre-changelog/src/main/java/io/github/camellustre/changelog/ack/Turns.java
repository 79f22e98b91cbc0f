// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.concurrent.TimeUnit;

/** Lets what one consumer was handed wait for what it was handed before: see {@link Token#awaitTurn}. Guarded by the ledger's lock. */
final class Turns {
    /** How often it looks whether only open groups hold it, which signals nothing. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ConsumerLedger consumer;
    private final Acknowledgements acks;
    private final Deliveries deliveries;
    private int waiting;

    private enum Turn {
        NOT_YET,
        HELD_BY_GROUPS,
        COME,
        LOST
    }

    Turns(ConsumerLedger consumer, Acknowledgements acks, Deliveries deliveries) {
        this.consumer = consumer;
        this.acks = acks;
        this.deliveries = deliveries;
    }

    /** Takes the lock by itself, and calls without it. */
    boolean await(Token token, Runnable onOnlyGroupsHold) throws InterruptedException {
        Turn turn = look(token, 0);
        while (turn != Turn.COME && turn != Turn.LOST) {
            if (turn == Turn.HELD_BY_GROUPS) {
                onOnlyGroupsHold.run();
            }
            turn = look(token, LOOK_NANOS);
        }
        return turn == Turn.COME;
    }

    private Turn look(Token token, long waitNanos) throws InterruptedException {
        LedgerLock lock = consumer.lock();
        lock.lock();
        try {
            Turn turn = turnOf(token);
            if (waitNanos == 0 || turn == Turn.COME || turn == Turn.LOST) {
                return turn;
            }
            waiting++;
            try {
                lock.awaitWork(waitNanos);
            } finally {
                waiting--;
            }
            return turnOf(token);
        } finally {
            lock.unlock();
        }
    }

    private Turn turnOf(Token token) {
        // Not lost if the consumer is suspended: it may go on, and then nothing would bring this again.
        if (!deliveries.isCurrent(token.delivery())) {
            token.loseTurn();
            return Turn.LOST;
        }
        if (acks.first() >= token.firstSlot()) {
            return Turn.COME;
        }
        long parked = deliveries.parked();
        return parked > 0 && parked >= acks.unacknowledged(token.firstSlot()) ? Turn.HELD_BY_GROUPS : Turn.NOT_YET;
    }

    /** Something was acknowledged, or is back. */
    void changed() {
        if (waiting > 0) {
            consumer.lock().signalWork();
        }
    }
}

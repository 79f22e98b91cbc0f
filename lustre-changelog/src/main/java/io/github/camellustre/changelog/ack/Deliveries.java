// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one consumer has been handed and not given back yet, and whether its tokens still count. A failure, a new reading
 * or a stop begins a new delivery and so voids what is out. Guarded by the ledger's lock; {@link #isCurrent} and
 * {@link #parked} may be called without.
 */
final class Deliveries {
    private final AtomicLong parked = new AtomicLong();
    private volatile int current;
    /** A failure happened: nothing more is handed over until all is back and the back-off is over. */
    private volatile boolean paused;
    /** Tokens of earlier deliveries were revoked: nobody waits for them, but a late success counts. */
    private int revokedBelow;

    private long outstanding;

    /** Voids what is handed out. Under the lock; volatile only for {@link #isCurrent}. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void next() {
        current++;
    }

    int current() {
        return current;
    }

    boolean isCurrent(int delivery) {
        return !paused && current == delivery;
    }

    void pause() {
        paused = true;
    }

    /** Starts again after a failure. */
    void goOn() {
        paused = false;
        next();
    }

    boolean isPaused() {
        return paused;
    }

    void handedOver(int records) {
        outstanding += records;
    }

    /** Records are back; not for those of a delivery that {@link #isRevoked}. */
    void returned(int records) {
        outstanding -= records;
    }

    boolean isRevoked(int delivery) {
        return delivery < revokedBelow;
    }

    /**
     * Nobody waits any more for what is out.
     *
     * @return how many records that are
     */
    long revoke() {
        long revoked = outstanding;
        next();
        revokedBelow = current;
        outstanding = 0;
        paused = false;
        return revoked;
    }

    /** Handed over and not back yet. */
    long outstanding() {
        return outstanding;
    }

    /** Records have come to an aggregator's open group, or, if negative, have left it. */
    void parked(int records) {
        parked.addAndGet(records);
    }

    /** True if all that is out is in aggregators' open groups. */
    boolean isAllParked() {
        long held = parked.get();
        return held > 0 && held >= outstanding;
    }

    /** Records in aggregators' open groups. */
    long parked() {
        return parked.get();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What other threads bring to the server's: records, and things to do. A thread that brings records wakes the server only if
 * it sleeps. Once the server has ended, nothing is left here for nobody: records are refused, things to do are not taken.
 */
final class Intake {
    private final Runnable wakeUp;
    private final Queue<Offer> offers = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile IOException ended;

    /** @param wakeUp ends the server's sleep, or its next one */
    Intake(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** From any thread; never waits. */
    void offer(Offer offer) {
        offers.add(offer);
        // looked at after the adding: the end looks at the queue after it has said that it has come
        if (ended != null) {
            refuseOffers();
        } else if (asleep.get() && asleep.compareAndSet(true, false)) {
            wakeUp.run();
        }
    }

    /**
     * From any thread.
     *
     * @return false if it will not be done: the server has ended
     */
    boolean execute(Runnable command) {
        commands.add(command);
        wakeUp.run();
        return ended == null || !commands.remove(command);
    }

    // ---- the server's thread

    /** @return whether there was any */
    boolean runCommands() {
        boolean any = false;
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
            any = true;
        }
        return any;
    }

    /** @return whether there was any */
    boolean takeOffers(int most) {
        boolean any = false;
        Offer offer = offers.poll();
        for (int taken = 0; offer != null; offer = taken < most ? offers.poll() : null) {
            offer.take();
            taken++;
            any = true;
        }
        return any;
    }

    /** From now on {@link #offer} wakes the server. @return false if there is something already */
    boolean fallAsleep() {
        asleep.set(true);
        return offers.isEmpty() && commands.isEmpty();
    }

    void awake() {
        asleep.set(false);
    }

    /** The last that the server does with it. */
    void end(IOException cause) {
        ended = cause;
        runCommands();
        refuseOffers();
    }

    private void refuseOffers() {
        for (Offer offer = offers.poll(); offer != null; offer = offers.poll()) {
            offer.refuse(ended);
        }
    }
}

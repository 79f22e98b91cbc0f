// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what comes in a route after its message was sent: never on the thread of the socket, which must not wait. One
 * thread at a time, in the order of the socket, and only while there is something.
 */
final class Completions {
    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

    /** Held by the thread whose turn it is; only that thread changes it. */
    private static final class Turn {
        private final Thread thread = Thread.currentThread();
        private boolean over;
    }

    private final Executor executor;
    private final Queue<Outgoing> done = new ConcurrentLinkedQueue<>();

    /** Added and not yet completed; whoever raises it from 0 begins a turn, whoever brings it to 0 ends one. */
    private final AtomicInteger pending = new AtomicInteger();

    private volatile Turn turn;

    Completions(Executor executor) {
        this.executor = executor;
    }

    void add(Outgoing message) {
        done.add(message);
        if (pending.getAndIncrement() == 0) {
            begin();
        }
    }

    /** Whoever is about to wait for a completion calls this: if it is the thread whose turn it is, another takes over. */
    void yieldTurn() {
        Turn current = turn;
        if (current != null && current.thread == Thread.currentThread() && !current.over) {
            current.over = true;
            if (pending.decrementAndGet() > 0) {
                begin();
            }
        }
    }

    private void begin() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            // The context has stopped around it: better on this thread than never.
            run();
        }
    }

    private void run() {
        Turn mine = new Turn();
        turn = mine;
        while (!mine.over) {
            complete(done.remove());
            if (!mine.over && pending.decrementAndGet() == 0) {
                mine.over = true;
            }
        }
    }

    private static void complete(Outgoing message) {
        try {
            message.complete();
        } catch (RuntimeException e) {
            LOG.error("Completing an exchange failed", e);
        }
    }
}

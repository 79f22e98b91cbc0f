// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What the machine itself takes to wake, one after the other, as many idle threads as a record passes on its way from the source to
 * the reader, with nothing for any of them to do: less than that no latency can be here.
 */
final class Relay {
    /** Source, delivery, server, I/O of the daemon, I/O of the reader, its session, the program. */
    private static final int THREADS = 7;

    private static final long SECOND = 1_000_000_000;

    private Relay() {}

    /** @return how late each of so many values came to the last thread, in nanoseconds */
    static Histogram run(int values, long perSecond) throws InterruptedException {
        Histogram latency = new Histogram(3);
        List<SynchronousQueue<Long>> queues = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < THREADS; i++) {
            queues.add(new SynchronousQueue<>());
            int own = i - 1;
            threads.add(new Thread(() -> hand(queues, own, values, latency), "relay-" + i));
        }
        threads.forEach(Thread::start);
        long due = Pace.now();
        for (int i = 0; i < values; i++) {
            due += SECOND / perSecond;
            for (long rest = due - Pace.now(); rest > 0; rest = due - Pace.now()) {
                LockSupport.parkNanos(rest);
            }
            queues.get(0).put(due);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return latency;
    }

    private static void hand(List<SynchronousQueue<Long>> queues, int own, int values, Histogram latency) {
        try {
            for (int i = 0; i < values; i++) {
                long due = queues.get(own).take();
                if (own + 1 < queues.size()) {
                    queues.get(own + 1).put(due);
                } else {
                    latency.recordValue(Math.max(0, Pace.now() - due));
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

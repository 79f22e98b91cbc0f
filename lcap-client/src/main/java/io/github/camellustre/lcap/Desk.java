// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where application and session thread meet. Thread-safe; never held while anybody waits for a peer. */
final class Desk {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Duties duties;
    private boolean started;
    private boolean closed;
    private LcapException failure;
    private long emptyAnswers;

    Desk(SessionOptions options, Timing timing) {
        this.duties = new Duties(options, timing);
    }

    // ---- the application's side

    /** @return false if the time was over first */
    boolean awaitStart(Duration limit) throws LcapException, InterruptedException {
        lock.lock();
        try {
            long left = limit == null ? Long.MAX_VALUE : limit.toNanos();
            while (!started && failure == null && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            throwFailure();
            return started || closed;
        } finally {
            lock.unlock();
        }
    }

    BatchInHand dequeue() throws LcapException, InterruptedException {
        lock.lock();
        try {
            duties.touch();
            duties.want(true);
            changed.signalAll();
            long before = emptyAnswers;
            while (!duties.hasFresh() && emptyAnswers == before && failure == null && !closed) {
                changed.await();
            }
            throwFailure();
            if (closed) {
                duties.drop();
            }
            return duties.take();
        } finally {
            // an answer to an interrupted call is kept for the next one
            duties.want(false);
            lock.unlock();
        }
    }

    void complete(BatchInHand batch) {
        lock.lock();
        try {
            duties.touch();
            if (duties.complete(batch)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void touch() {
        duties.touch();
    }

    void set(Option option) {
        change(options().with(option));
    }

    void set(GroupName group) {
        change(options().with(group));
    }

    private void change(SessionOptions wished) {
        lock.lock();
        try {
            duties.touch();
            duties.change(wished);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() throws LcapException {
        if (failure != null && !closed) {
            throw new LcapException(failure.getMessage(), failure);
        }
    }

    // ---- the session thread's side

    SessionOptions options() {
        lock.lock();
        try {
            return duties.options();
        } finally {
            lock.unlock();
        }
    }

    /** A session begins, with these options. */
    void started(SessionOptions with) {
        lock.lock();
        try {
            started = true;
            duties.started(with);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The session has ended: what is out is not ours any more, and what was not taken will come again. */
    void ended() {
        lock.lock();
        try {
            duties.ended();
        } finally {
            lock.unlock();
        }
    }

    void failed(LcapException why) {
        lock.lock();
        try {
            failure = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void received(BatchInHand batch) {
        lock.lock();
        try {
            duties.received(batch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The server has nothing now. */
    void receivedNothing() {
        lock.lock();
        try {
            emptyAnswers++;
            duties.want(false);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Called by a thread of the socket: has the session thread look at it. */
    void connectionBroke() {
        lock.lock();
        try {
            duties.connectionBroke();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits, unless the reader is closed. */
    void pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next thing to do.
     *
     * @param dequeueFrom not before that time of {@link System#nanoTime} may a batch be asked for
     * @param keeps whether the server knows leases, and clears of a part of a batch
     * @return null once the reader is closed
     */
    Work next(long dequeueFrom, boolean keeps) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                Work work = duties.due(now, dequeueFrom, keeps);
                if (work != null) {
                    return work;
                }
                changed.awaitNanos(duties.untilDue(now, dequeueFrom, keeps));
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** At the end: up to where the batch that is out is acknowledged, and the server does not know; 0 for none. */
    long unsent(boolean keeps) {
        lock.lock();
        try {
            return duties.unsent(keeps);
        } finally {
            lock.unlock();
        }
    }
}

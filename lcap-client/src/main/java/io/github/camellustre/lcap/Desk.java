// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where application and session thread meet: what is wanted, the batch that is out, what of it is acknowledged. All times
 * are of {@link System#nanoTime}. Thread-safe; never held while anybody waits for a peer.
 */
final class Desk {
    /**
     * What the session thread is to do next.
     *
     * @param options not null: these have changed
     * @param clear index to acknowledge up to, 0 for none
     * @param dequeue ask for the next batch
     * @param renew keep the lease of the batch that is out; with nothing else either, look at the connection
     */
    record Work(SessionOptions options, long clear, boolean dequeue, boolean renew) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Timing timing;
    private final LeaseWatch lease;

    private SessionOptions options;
    private boolean optionsChanged;
    private boolean connectionBroke;
    private boolean started;
    private boolean closed;
    private LcapException failure;

    private boolean wanted;
    private long emptyAnswers;
    /** Received, not taken by the application yet. */
    private BatchInHand fresh;
    /** Taken, of the present session: what is acknowledged of one of a former session is nobody's business. */
    private BatchInHand out;
    /** Acknowledged to its end; the server does not know yet. */
    private BatchInHand finished;

    private long progressSent;
    private long clearDue;

    Desk(SessionOptions options, Timing timing) {
        this.options = options;
        this.timing = timing;
        this.lease = new LeaseWatch(timing.silence());
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
            lease.touch();
            wanted = true;
            changed.signalAll();
            long before = emptyAnswers;
            while (fresh == null && emptyAnswers == before && failure == null && !closed) {
                changed.await();
            }
            throwFailure();
            out = closed ? null : fresh;
            fresh = null;
            return out;
        } finally {
            // an answer to an interrupted call is kept for the next one
            wanted = false;
            lock.unlock();
        }
    }

    void complete(BatchInHand batch) {
        lock.lock();
        try {
            lease.touch();
            if (out == batch) {
                out = null;
                finished = batch;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void touch() {
        lease.touch();
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
            lease.touch();
            options = wished;
            optionsChanged = true;
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
            return options;
        } finally {
            lock.unlock();
        }
    }

    /** A session begins, with these options. */
    void started(SessionOptions with) {
        lock.lock();
        try {
            started = true;
            optionsChanged = !with.equals(options);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The session has ended: what is out is not ours any more, and what was not taken will come again. */
    void ended() {
        lock.lock();
        try {
            fresh = null;
            out = null;
            finished = null;
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
            fresh = batch;
            wanted = false;
            progressSent = 0;
            long now = System.nanoTime();
            clearDue = now + timing.clear().toNanos();
            renewed(now);
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
            wanted = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Called by a thread of the socket: has the session thread look at it. */
    void connectionBroke() {
        lock.lock();
        try {
            connectionBroke = true;
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
     * @param dequeueFrom not before that time may a batch be asked for
     * @param keeps whether the server knows leases, and clears of a part of a batch
     * @return null once the reader is closed
     */
    Work next(long dequeueFrom, boolean keeps) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                Work work = due(now, dequeueFrom, keeps);
                if (work != null) {
                    return work;
                }
                changed.awaitNanos(untilDue(now, dequeueFrom, keeps));
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private Work due(long now, long dequeueFrom, boolean keeps) {
        if (connectionBroke) {
            connectionBroke = false;
            return new Work(null, 0, false, false);
        }
        if (optionsChanged) {
            optionsChanged = false;
            return new Work(options, 0, false, false);
        }
        boolean dequeue = wanted && fresh == null && out == null && now - dequeueFrom >= 0;
        if (finished != null || dequeue) {
            long clear = finished == null ? 0 : finished.last();
            finished = null;
            return new Work(null, clear, dequeue, false);
        }
        if (!keeps) {
            return null;
        }
        if (out != null && now - clearDue >= 0) {
            clearDue = now + timing.clear().toNanos();
            long progress = out.progress();
            if (progress > progressSent) {
                progressSent = progress;
                renewed(now);
                return new Work(null, progress, false, false);
            }
        }
        if (isHolding() && lease.isDue(now)) {
            renewed(now);
            return lease.isAlive(now) ? new Work(null, 0, false, true) : null;
        }
        return null;
    }

    private boolean isHolding() {
        return out != null || fresh != null;
    }

    private void renewed(long now) {
        lease.renewed(now, options.lease().time());
    }

    private long untilDue(long now, long dequeueFrom, boolean keeps) {
        long wait = TimeUnit.SECONDS.toNanos(1);
        if (wanted && dequeueFrom - now > 0) {
            wait = Math.min(wait, dequeueFrom - now);
        }
        if (keeps && out != null) {
            wait = Math.min(wait, clearDue - now);
        }
        if (keeps && isHolding()) {
            wait = Math.min(wait, lease.untilDue(now));
        }
        return Math.max(wait, TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** At the end: up to where the batch that is out is acknowledged, and the server does not know; 0 for none. */
    long unsent(boolean keeps) {
        lock.lock();
        try {
            if (finished != null) {
                return finished.last();
            }
            long progress = keeps && out != null ? out.progress() : 0;
            return progress > progressSent ? progress : 0;
        } finally {
            lock.unlock();
        }
    }
}

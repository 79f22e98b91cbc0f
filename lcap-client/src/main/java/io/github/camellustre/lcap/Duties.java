// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import java.util.concurrent.TimeUnit;

/**
 * What the server is to be told and asked, and when: follows from the batch that is out and what of it is acknowledged. All
 * times are of {@link System#nanoTime}. Guarded by the desk's lock, but for {@link #touch}.
 */
final class Duties {
    private final Timing timing;
    private final LeaseWatch lease;

    private SessionOptions options;
    private boolean optionsChanged;
    private boolean connectionBroke;
    private boolean wanted;
    /** Received, not taken by the application yet. */
    private BatchInHand fresh;
    /** Taken, of the present session: what is acknowledged of one of a former session is nobody's business. */
    private BatchInHand out;
    /** Acknowledged to its end; the server does not know yet. */
    private BatchInHand finished;

    private long progressSent;
    private long clearDue;

    Duties(SessionOptions options, Timing timing) {
        this.options = options;
        this.timing = timing;
        this.lease = new LeaseWatch(timing.silence());
    }

    /** The application lives. Any thread. */
    void touch() {
        lease.touch();
    }

    SessionOptions options() {
        return options;
    }

    void change(SessionOptions wished) {
        options = wished;
        optionsChanged = true;
    }

    /** A session begins, with these options. */
    void started(SessionOptions with) {
        optionsChanged = !with.equals(options);
    }

    /** The session has ended: what is out is not ours any more, and what was not taken will come again. */
    void ended() {
        fresh = null;
        out = null;
        finished = null;
    }

    void connectionBroke() {
        connectionBroke = true;
    }

    void want(boolean batch) {
        wanted = batch;
    }

    boolean hasFresh() {
        return fresh != null;
    }

    /** The application takes what was received; null if nothing was. */
    BatchInHand take() {
        out = fresh;
        fresh = null;
        return out;
    }

    /** The application has taken nothing: it is closed. */
    void drop() {
        out = null;
        fresh = null;
    }

    /** @return false if it is not the batch that is out */
    boolean complete(BatchInHand batch) {
        if (out != batch) {
            return false;
        }
        out = null;
        finished = batch;
        return true;
    }

    void received(BatchInHand batch) {
        fresh = batch;
        wanted = false;
        progressSent = 0;
        long now = System.nanoTime();
        clearDue = now + timing.clear().toNanos();
        renewed(now);
    }

    /** @return null if there is nothing to do */
    Work due(long now, long dequeueFrom, boolean keeps) {
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

    long untilDue(long now, long dequeueFrom, boolean keeps) {
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
        if (finished != null) {
            return finished.last();
        }
        long progress = keeps && out != null ? out.progress() : 0;
        return progress > progressSent ? progress : 0;
    }
}

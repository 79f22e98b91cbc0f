// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One reading of one MDT, up to the end of its log. Opens the changelog only with the first read and closes it at the
 * end, on any error and when nobody wants it any more, so that an unmount seldom meets an open one.
 */
final class LiveStream implements ChangelogStream {
    /** A close from another thread takes effect so late at most. */
    private static final int SLICE_MILLIS = 100;

    /** Opens the changelog in the kernel. */
    interface Opener {
        LiveHandle open() throws SourceException;
    }

    private final String mdt;
    private final Opener opener;
    private final boolean following;
    private final Duration patience;
    private final Duration pause;
    private final Runnable caughtUp;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Held by whoever uses the handle. */
    private final ReentrantLock use = new ReentrantLock();

    private LiveHandle handle;
    private boolean ended;
    private long lookAgainAt;
    private long askedAt;

    /**
     * @param following the handle will wait for new records instead of meeting the end
     * @param pause time from the end until this stream is spent
     * @param caughtUp told at the end of the log
     */
    LiveStream(String mdt, Opener opener, boolean following, Duration patience, Duration pause, Runnable caughtUp) {
        this.mdt = mdt;
        this.opener = opener;
        this.following = following;
        this.patience = patience;
        this.pause = pause;
        this.caughtUp = caughtUp;
    }

    @Override
    public RecordBlock read(int maxRecords, int maxBytes) throws SourceException {
        use.lock();
        try {
            mustBeOpen();
            if (ended) {
                return RecordBlock.empty(mdt);
            }
            if (handle == null) {
                handle = opener.open();
                askedAt = System.nanoTime();
            }
            return handle.poll(0) ? found(handle.read(maxRecords, maxBytes)) : nothing();
        } finally {
            leave();
        }
    }

    private RecordBlock found(RecordBlock block) throws SourceException {
        if (!block.isEmpty()) {
            askedAt = System.nanoTime();
            return block;
        }
        if (!handle.isAtEnd()) {
            return nothing();
        }
        caughtUp.run();
        end(pause);
        return block;
    }

    private RecordBlock nothing() throws SourceException {
        if (System.nanoTime() - askedAt >= patience.toNanos()) {
            if (!following) {
                throw SourceException.retryable(
                        mdt + ": no answer for " + patience.toSeconds()
                                + " s: the MDT fails over or cannot be reached; the changelog is opened again",
                        null);
            }
            end(Duration.ZERO);
        }
        return RecordBlock.empty(mdt);
    }

    private void end(Duration until) {
        ended = true;
        lookAgainAt = System.nanoTime() + until.toNanos();
        closeHandle();
    }

    @Override
    public boolean await(Duration timeout) throws SourceException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        use.lock();
        try {
            if (!ended) {
                return !isClosed() && (handle == null || awaitHandle(deadline));
            }
        } finally {
            leave();
        }
        long now = System.nanoTime();
        closed.await(Math.min(deadline - now, lookAgainAt - now), TimeUnit.NANOSECONDS);
        return isSpent();
    }

    private boolean awaitHandle(long deadline) throws SourceException, InterruptedException {
        while (!isClosed()) {
            long left = Math.max(0, deadline - System.nanoTime());
            if (handle.poll((int) Math.min(SLICE_MILLIS, TimeUnit.NANOSECONDS.toMillis(left)))) {
                return true;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (left == 0) {
                return false;
            }
        }
        return false;
    }

    @Override
    public boolean atEnd() {
        return ended || following;
    }

    @Override
    public boolean isSpent() {
        return ended && System.nanoTime() - lookAgainAt >= 0;
    }

    /** A live changelog never is. */
    @Override
    public boolean finished() {
        return false;
    }

    private void mustBeOpen() throws SourceException {
        if (isClosed()) {
            throw SourceException.retryable(mdt + ": the stream was closed", null);
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** The one who uses the handle, if any, closes it: its number may belong to another file right after. */
    @Override
    public void close() {
        closed.countDown();
        closeUnused();
    }

    private void leave() {
        use.unlock();
        if (isClosed()) {
            closeUnused();
        }
    }

    private void closeUnused() {
        if (use.tryLock()) {
            try {
                closeHandle();
            } finally {
                use.unlock();
            }
        }
    }

    private void closeHandle() {
        if (handle != null) {
            LiveHandle open = handle;
            handle = null;
            open.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.ack.AckRepositoryException;
import io.github.camellustre.changelog.ack.MdtLedger;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes an MDT's positions to disk and then clears. A clear runs elsewhere, one at a time: an MDT
 * that fails over keeps it waiting for minutes, and checkpoints must go on.
 */
final class Acknowledger implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** With the usual back-off these last about two minutes: an MDT that fails over is back by then. */
    private static final int TRIES_AT_THE_END = 10;

    private final ChangelogSource source;
    private final MdtLedger ledger;
    private final ExecutorService clears;
    private final BooleanSupplier logIsSure;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Semaphore clearing = new Semaphore(1);
    private final BackOff checkpointBackOff;
    private final BackOff clearBackOff;

    private volatile long stopDeadline;
    private volatile long clearAgainAt = System.nanoTime();
    private volatile boolean refused;
    /** Clears that have failed since the last one that did not. */
    private final AtomicInteger failures = new AtomicInteger();

    private volatile String clearProblem;
    private volatile String checkpointProblem;

    /** @param logIsSure false as long as the MDT's log may be another one than the one that was read: nothing is cleared then */
    Acknowledger(
            ChangelogSource source,
            MdtLedger ledger,
            ReaderOptions options,
            ExecutorService clears,
            BooleanSupplier logIsSure) {
        this.logIsSure = logIsSure;
        this.source = source;
        this.ledger = ledger;
        this.clears = clears;
        this.checkpointBackOff = new BackOff(options.backoff(), options.maxBackoff());
        this.clearBackOff = new BackOff(options.backoff(), options.maxBackoff());
    }

    @Override
    public void run() {
        while (stop.getCount() > 0) {
            try {
                boolean clearPossible = isClearPossible();
                if (ledger.awaitCheckpointDue(PAUSE_NANOS, clearPossible)) {
                    turn(clearPossible);
                }
            } catch (InterruptedException e) {
                LOG.debug("{}: an interrupt that nobody meant for this thread", ledger.key(), e);
            }
        }
        finish();
    }

    private boolean isClearPossible() {
        return !refused
                && logIsSure.getAsBoolean()
                && clearing.availablePermits() > 0
                && System.nanoTime() - clearAgainAt >= 0;
    }

    private void turn(boolean clearPossible) throws InterruptedException {
        try {
            long target = ledger.checkpoint(clearPossible);
            checkpointWorks();
            if (target > 0) {
                startClear(target);
            }
        } catch (AckRepositoryException | RuntimeException | Error e) {
            Duration wait = checkpointBackOff.next();
            if (checkpointProblem == null) {
                LOG.error("{}: cannot write the positions: {}", ledger.key(), e.getMessage(), e);
            }
            checkpointProblem = e.getMessage() == null ? e.toString() : e.getMessage();
            stop.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void checkpointWorks() {
        if (checkpointProblem != null) {
            LOG.info("{}: positions are on disk again", ledger.key());
            checkpointProblem = null;
        }
        checkpointBackOff.reset();
    }

    private void startClear(long target) throws InterruptedException {
        clearing.acquire();
        try {
            clears.execute(() -> {
                try {
                    clear(target);
                } finally {
                    clearing.release();
                }
            });
        } catch (RejectedExecutionException e) {
            clearing.release();
        }
    }

    private void clear(long target) {
        try {
            source.clear(ledger.key().mdt(), ledger.key().user(), target);
            if (clearProblem != null) {
                LOG.info("{}: clears again, up to index {}", ledger.key(), target);
            }
            clearProblem = null;
            failures.set(0);
            clearBackOff.reset();
            ledger.cleared(target);
        } catch (SourceException e) {
            clearFailed(target, e, e.isRetryable());
        } catch (RuntimeException | Error e) {
            clearFailed(target, e, true);
        }
    }

    private void clearFailed(long target, Throwable e, boolean retryable) {
        Duration wait = clearBackOff.next();
        failures.incrementAndGet();
        if (!retryable) {
            refused = true;
            LOG.error(
                    "{}: clear up to {} was refused; no further clear is sent until a restart: {}",
                    ledger.key(),
                    target,
                    e.getMessage());
        } else if (clearProblem == null) {
            LOG.warn("{}: cannot clear up to {}, tries again: {}", ledger.key(), target, e.toString());
        }
        clearProblem = e.getMessage() == null ? e.toString() : e.getMessage();
        clearAgainAt = System.nanoTime() + wait.toNanos();
        ledger.clearFailed();
    }

    /**
     * Ends the thread: it writes the last positions and clears up to them.
     *
     * @param deadline until when it waits for clears that are under way, as {@link System#nanoTime}
     */
    void stop(long deadline) {
        stopDeadline = deadline;
        stop.countDown();
    }

    private void finish() {
        try {
            boolean idle = clearing.tryAcquire();
            if (!idle) {
                ledger.checkpoint(false);
                idle = awaitClear();
            }
            if (idle) {
                clearing.release();
            }
            long target = ledger.checkpoint(idle && !refused && logIsSure.getAsBoolean());
            checkpointWorks();
            if (target > 0) {
                startClear(target);
                if (awaitClear()) {
                    clearing.release();
                } else {
                    LOG.warn("{}: the clear up to {} was still under way at the stop", ledger.key(), target);
                }
            }
        } catch (AckRepositoryException | RuntimeException | Error e) {
            checkpointProblem = e.getMessage() == null ? e.toString() : e.getMessage();
            LOG.error("{}: cannot write the last positions: {}", ledger.key(), e.getMessage(), e);
        } catch (InterruptedException e) {
            LOG.warn("{}: interrupted at the stop: the last positions may not be on disk", ledger.key(), e);
        }
    }

    private boolean awaitClear() throws InterruptedException {
        return clearing.tryAcquire(Math.max(0, stopDeadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Why positions or clears do not get through, null if they do. */
    String problem() {
        return checkpointProblem != null ? checkpointProblem : clearProblem;
    }

    /** True if nobody should wait for a clear any more once all else is done; it is tried again all the same. */
    boolean isHopeless() {
        return refused || failures.get() >= TRIES_AT_THE_END;
    }

    /** True if an operator must act before anything is cleared again. */
    boolean isRefused() {
        return refused;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordFormatException;
import io.github.camellustre.changelog.ack.MdtLedger;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that reads one MDT. It never dies: after an error it opens the changelog again where it stood. */
final class MdtReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(MdtReader.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Duration PAUSE = Duration.ofNanos(PAUSE_NANOS);

    private final ChangelogSource source;
    private final MdtLedger ledger;
    private final ReaderOptions options;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final BackOff backOff;
    private final LogCheck check;

    private ChangelogStream stream;
    private volatile MdtState state = MdtState.IDLE;
    private volatile String problem;
    private final AtomicLong opens = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();

    MdtReader(ChangelogSource source, MdtLedger ledger, ReaderOptions options) {
        this.source = source;
        this.ledger = ledger;
        this.options = options;
        this.backOff = new BackOff(options.backoff(), options.maxBackoff());
        this.check = new LogCheck(source, ledger.key(), options.logCheck());
    }

    @Override
    public void run() {
        while (!isStopping()) {
            try {
                attempt();
            } catch (InterruptedException e) {
                LOG.debug("{}: an interrupt that nobody meant for this thread", ledger.key(), e);
            }
        }
        closeStream();
        if (!state.isFinal()) {
            state = MdtState.STOPPED;
        }
    }

    private void attempt() throws InterruptedException {
        try {
            turn();
        } catch (SourceException e) {
            failed(e, e.isRetryable());
        } catch (RecordFormatException e) {
            failed(e, false);
        } catch (RuntimeException | Error e) {
            failed(e, true);
        }
    }

    private void turn() throws SourceException, InterruptedException {
        if (!isSameLog()) {
            stop.await(PAUSE_NANOS, TimeUnit.NANOSECONDS);
            return;
        }
        if (ledger.isRewinding()) {
            closeStream();
            if (!ledger.rewind(PAUSE_NANOS)) {
                return;
            }
        }
        if (stopsAtGap()) {
            state = MdtState.GAP;
            stop.await(PAUSE_NANOS, TimeUnit.NANOSECONDS);
            return;
        }
        if (!ledger.awaitSpace(PAUSE_NANOS)) {
            if (state == MdtState.READING || state == MdtState.WAITING) {
                state = MdtState.HELD;
            }
            return;
        }
        if (ledger.isRewinding()) {
            return;
        }
        if (stream == null) {
            stream = source.open(ledger.key().mdt(), ledger.resumeIndex());
            opens.incrementAndGet();
        }
        RecordBlock block = options.format().encode(stream.read(options.readRecords(), options.readBytes()));
        if (!block.isEmpty()) {
            answered();
            state = MdtState.READING;
            check.sawRecords();
            ledger.add(block);
        } else if (stream.finished()) {
            atEnd(MdtState.FINISHED);
            stop.await(PAUSE_NANOS, TimeUnit.NANOSECONDS);
        } else {
            if (stream.atEnd()) {
                atEnd(MdtState.WAITING);
            }
            stream.await(PAUSE);
            if (stream.isSpent()) {
                closeStream();
            }
        }
    }

    private void answered() {
        if (problem != null) {
            LOG.info("{}: reads again from index {}", ledger.key(), ledger.resumeIndex());
            problem = null;
        }
        backOff.reset();
    }

    private void atEnd(MdtState end) {
        answered();
        ledger.endOfStream(end == MdtState.FINISHED);
        state = end;
    }

    private boolean isSameLog() throws SourceException, InterruptedException {
        if (state == MdtState.RESET) {
            return false;
        }
        if (state == MdtState.FINISHED || !check.isDue()) {
            return true;
        }
        String reset = check.look(ledger.newest());
        if (reset != null) {
            closeStream();
            LOG.error("{}", reset);
            problem = reset;
            state = MdtState.RESET;
        }
        return check.isSure();
    }

    private boolean stopsAtGap() {
        List<String> gaps = ledger.gaps();
        if (gaps.isEmpty() || source.isFiltered()) {
            return false;
        }
        String report = ledger.key() + ": records " + String.join(", ", gaps)
                + " are missing: the MDT has dropped them, or another reader has cleared them for this user";
        if (ledger.stopsOnGap()) {
            if (problem == null) {
                LOG.error(
                        "{}. Reading stops and nothing beyond is cleared (onGap=stop): scan the file system, then start"
                                + " with onGap=continue",
                        report);
            }
            problem = report;
            return true;
        }
        LOG.error("{}. Reading goes on (onGap=continue): what they said is lost, scan the file system", report);
        return false;
    }

    private void failed(Throwable e, boolean retryable) throws InterruptedException {
        closeStream();
        if (isStopping()) {
            return;
        }
        check.doubt();
        errors.incrementAndGet();
        Duration wait = backOff.next();
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        MdtState after = retryable ? MdtState.RETRYING : MdtState.FAILED;
        if (problem == null || state != after) {
            LOG.warn("{}: cannot read, tries again after {} ms: {}", ledger.key(), wait.toMillis(), e.toString());
        }
        // the state last: who sees it finds what explains it
        problem = message;
        state = after;
        stop.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void closeStream() {
        ChangelogStream open = stream;
        stream = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (RuntimeException e) {
            LOG.warn("{}: cannot close the changelog: {}", ledger.key(), e.toString());
        }
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Ends the thread soon. It closes the changelog itself: on a failing MDT that may take as long as the outage. */
    void stop() {
        stop.countDown();
    }

    MdtState state() {
        return state;
    }

    String problem() {
        return problem;
    }

    /** True if the log is the one whose records were read: only then may it be cleared. */
    boolean isLogSure() {
        return check.isSure();
    }

    /** How often the changelog was opened. */
    long opens() {
        return opens.get();
    }

    /** How often it could not be opened, looked at or read. */
    long errors() {
        return errors.get();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.ChangelogException;
import io.github.camellustre.changelog.ack.AckRepository;
import io.github.camellustre.changelog.ack.ConsumerLedger;
import io.github.camellustre.changelog.ack.ConsumerOptions;
import io.github.camellustre.changelog.ack.ConsumerStatus;
import io.github.camellustre.changelog.ack.LedgerKey;
import io.github.camellustre.changelog.ack.LedgerOptions;
import io.github.camellustre.changelog.ack.MdtLedger;
import io.github.camellustre.changelog.ack.MemoryBudget;
import io.github.camellustre.changelog.source.ChangelogSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One MDT with its ledger, its reading thread, its acknowledging thread and one delivering thread a consumer. */
final class MdtService {
    private static final Logger LOG = LoggerFactory.getLogger(MdtService.class);
    /** For what the acknowledger does when its wait for the last clear is over. */
    private static final long AFTER_LAST_CLEAR_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ChangelogSource source;
    private final MdtLedger ledger;
    private final MdtReader reader;
    private final Acknowledger acknowledger;
    private final Thread readerThread;
    private final Thread acknowledgerThread;
    private boolean started;
    private final List<ConsumerLedger> consumers = new CopyOnWriteArrayList<>();

    MdtService(
            ChangelogSource source,
            LedgerKey key,
            LedgerOptions ledgerOptions,
            ReaderOptions options,
            AckRepository repository,
            MemoryBudget memory,
            ExecutorService clears)
            throws ChangelogException {
        if (source.isFiltered() && ledgerOptions.stopOnGap()) {
            throw new ChangelogException(key.mdt()
                    + ": onGap=stop does not go with a source that leaves records out (kernelMask): each would be a gap;"
                    + " use onGap=continue, or filter with types");
        }
        this.source = source;
        this.ledger = new MdtLedger(
                key,
                source.identity(key.mdt()),
                key.user().isEmpty() ? OptionalLong.empty() : source.mark(key.mdt(), key.user()),
                ledgerOptions,
                repository,
                memory,
                System::nanoTime);
        this.reader = new MdtReader(source, ledger, options);
        this.acknowledger = new Acknowledger(source, ledger, options, clears, reader::isLogSure);
        this.readerThread = new Thread(reader, "lustre-read-" + key.mdt());
        this.acknowledgerThread = new Thread(acknowledger, "lustre-ack-" + key.mdt());
    }

    /** A consumer with the thread that serves it. */
    record Delivery(ConsumerLedger consumer, ConsumerWorker worker, Thread thread) {
        void start() {
            thread.start();
        }

        /** Tells its thread to end. */
        void signalStop() {
            worker.stop();
            thread.interrupt();
        }

        /** Ends it, also if its thread hangs in a handler at the deadline. */
        void stop(long deadline) throws InterruptedException {
            try {
                join(thread, deadline);
            } finally {
                consumer.stop();
            }
        }
    }

    /** Begins to hand over only when the {@link Delivery} is started. */
    Delivery join(ConsumerOptions consumer, RecordHandler handler) {
        ConsumerLedger joined = ledger.join(consumer, source.newest(ledger.key().mdt()));
        if (!consumers.contains(joined)) {
            consumers.add(joined);
        }
        ConsumerWorker worker = new ConsumerWorker(joined, handler, consumer.batching());
        Thread thread = new Thread(
                worker, "lustre-" + consumer.name() + "-" + ledger.key().mdt());
        return new Delivery(joined, worker, thread);
    }

    void start() {
        if (started) {
            return;
        }
        started = true;
        ledger.settleAbsent();
        readerThread.start();
        acknowledgerThread.start();
    }

    /** Tells its reading thread to end. */
    void signalStop() {
        reader.stop();
    }

    /** Once nothing is delivered any more: has what is acknowledged by now written and cleared. Returns at once. */
    void finish(long deadline) {
        acknowledger.stop(deadline);
    }

    /** Ends it soon after the deadline, a time of {@link System#nanoTime}, also if the MDT or the disk does not answer. */
    void stop(long deadline) throws InterruptedException {
        join(readerThread, deadline);
        if (readerThread.isAlive()) {
            LOG.warn("{}: the changelog is still being closed: its MDT does not answer", ledger.key());
        }
        join(acknowledgerThread, deadline + AFTER_LAST_CLEAR_NANOS);
        if (acknowledgerThread.isAlive()) {
            LOG.error("{}: the positions are still being written; the last ones may not be on disk", ledger.key());
        }
        ledger.close();
    }

    /** A thread that was not started has ended, too. */
    private static void join(Thread thread, long deadline) throws InterruptedException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        // zero would be for ever
        thread.join(Math.max(1, millis));
    }

    LedgerKey key() {
        return ledger.key();
    }

    MdtLedger ledger() {
        return ledger;
    }

    /** True if nothing is left to do but clears that the MDT does not take. */
    boolean isComplete() {
        return reader.state() == MdtState.FINISHED && ledger.isComplete(acknowledger.isHopeless());
    }

    MdtStatus status() {
        List<ConsumerStatus> list = new ArrayList<>();
        for (ConsumerLedger consumer : consumers) {
            list.add(consumer.status());
        }
        return new MdtStatus(
                ledger.key().mdt(),
                ledger.key().user(),
                reader.state(),
                reader.problem(),
                acknowledger.problem(),
                acknowledger.isRefused(),
                isComplete(),
                source.newest(ledger.key().mdt()),
                reader.opens(),
                reader.errors(),
                ledger.status(),
                list);
    }
}

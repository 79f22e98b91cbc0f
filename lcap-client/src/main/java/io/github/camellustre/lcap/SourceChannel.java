// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogException;
import io.github.camellustre.changelog.ack.AckMode;
import io.github.camellustre.changelog.ack.ConsumerOptions;
import io.github.camellustre.changelog.ack.LedgerOptions;
import io.github.camellustre.changelog.ack.MemoryAckRepository;
import io.github.camellustre.changelog.ack.MemoryBudget;
import io.github.camellustre.changelog.ack.OnExhausted;
import io.github.camellustre.changelog.ack.Redelivery;
import io.github.camellustre.changelog.ack.StartFrom;
import io.github.camellustre.changelog.ack.Token;
import io.github.camellustre.changelog.reader.ChangelogService;
import io.github.camellustre.changelog.reader.MdtPattern;
import io.github.camellustre.changelog.reader.MdtState;
import io.github.camellustre.changelog.reader.MdtStatus;
import io.github.camellustre.changelog.reader.ReaderOptions;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The NULL channel: batches from Lustre itself, without a server. All that makes reading and clearing safe (holes,
 * repeated clears, the mark of the user, errors that pass) is the library's; its positions are in memory, as those of
 * liblustreapi are.
 */
final class SourceChannel implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(SourceChannel.class);
    private static final int DEFAULT_BATCH = 8_192;
    private static final long MEMORY = 64L << 20;
    /** As long as a server holds an answer back. */
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final LedgerOptions LEDGER =
            new LedgerOptions(1_024, Duration.ofSeconds(5), false, true, Duration.ofSeconds(1), 0, Duration.ofHours(1));

    private final String mdt;
    private final long firstIndex;
    private final ChangelogSource source;
    private final ChangelogService service;
    private final DeliveredBatches delivered = new DeliveredBatches();

    private Token token;
    private BatchInHand out;
    private LocalFilter filter;
    private volatile boolean closed;

    private SourceChannel(ChangelogSource source, String user, String mdt, SessionOptions options) {
        this.source = source;
        this.mdt = mdt;
        this.firstIndex = options.firstIndex();
        this.filter = new LocalFilter(options.filter());
        this.service = new ChangelogService(
                source,
                name -> user,
                LEDGER,
                ReaderOptions.DEFAULT,
                new MemoryAckRepository(),
                new MemoryBudget(MEMORY));
    }

    /** @param user the changelog user to clear for; empty: nothing is cleared */
    static SourceChannel start(ChangelogSource source, String user, String mdt, SessionOptions options)
            throws LcapException {
        SourceChannel channel = new SourceChannel(source, user, mdt, options);
        int batch = options.batch() == null ? DEFAULT_BATCH : options.batch().records();
        try {
            channel.service.subscribe(new MdtPattern(mdt), consumer(batch), channel.delivered);
        } catch (ChangelogException e) {
            channel.close();
            throw new LcapException(e.getMessage(), e);
        }
        channel.service.start();
        return channel;
    }

    private static ConsumerOptions consumer(int batch) {
        return new ConsumerOptions(
                "reader",
                AckMode.AUTO,
                Redelivery.MISSING,
                null,
                StartFrom.OLDEST,
                true,
                batch,
                (int) Math.min(16L * batch, Integer.MAX_VALUE),
                MEMORY / 2,
                -1,
                OnExhausted.STOP,
                Duration.ofMillis(100),
                Duration.ofSeconds(5));
    }

    @Override
    public BatchInHand dequeue() throws LcapException, InterruptedException {
        DeliveredBatches.Delivered next = delivered.poll(ANSWER_NANOS);
        synchronized (this) {
            if (next == null || closed) {
                throwProblem();
                return null;
            }
            token = next.token();
            out = new BatchInHand(next.batch(), filter.wanted(fromFirst(next.batch())));
            return out;
        }
    }

    /** An MDT may give records below the index from which it is read. */
    private ChangelogBatch fromFirst(ChangelogBatch batch) {
        int below = 0;
        while (below < batch.size() && batch.index(below) < firstIndex) {
            below++;
        }
        return below == 0 ? batch : ChangelogBatch.of(batch.subList(below, batch.size()));
    }

    private void throwProblem() throws LcapException {
        for (MdtStatus status : service.status()) {
            if (!closed && (status.state() == MdtState.FAILED || status.state() == MdtState.RESET)) {
                throw new LcapException(mdt + ": cannot be read: " + status.problem());
            }
        }
    }

    @Override
    public synchronized void complete(BatchInHand batch) {
        if (out == batch) {
            out = null;
            token.release();
        }
    }

    @Override
    public void touch() {
        // there is no lease
    }

    @Override
    public synchronized void set(Option option) {
        if (option instanceof Option.Filter changed) {
            filter = new LocalFilter(changed);
        } else if (option instanceof Option.Batch) {
            throw new IllegalStateException(mdt + ": what is read from Lustre itself has the size of batches that it"
                    + " began with: give it to the builder");
        }
    }

    @Override
    public void set(GroupName group) {
        // there is one reader
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (out != null) {
                token.acknowledgeUpTo(Math.min(out.progress(), delivered.least() - 1));
            }
        }
        delivered.close();
        if (!Uninterrupted.run(service::stop)) {
            LOG.warn("{}: interrupted while it stopped: what is acknowledged may not be cleared", mdt);
        }
        source.close();
    }
}

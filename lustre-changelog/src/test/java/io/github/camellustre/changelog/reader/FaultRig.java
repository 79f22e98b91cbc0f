// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.RecordFormat;
import io.github.camellustre.changelog.ack.AckRepository;
import io.github.camellustre.changelog.ack.ConsumerOptions;
import io.github.camellustre.changelog.ack.LedgerOptions;
import io.github.camellustre.changelog.ack.LedgerRig;
import io.github.camellustre.changelog.ack.MemoryAckRepository;
import io.github.camellustre.changelog.ack.MemoryBudget;
import io.github.camellustre.changelog.source.SourceSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * One MDT of a simulator that misbehaves, read by the whole service; waits are short. With the system property
 * {@code faults.long=true} faults last a minute and waits are those of production.
 */
final class FaultRig implements AutoCloseable {
    static final String MDT = "lustre-MDT0000";
    static final boolean LONG = Boolean.getBoolean("faults.long");
    /** How long an outage lasts. */
    static final String OUTAGE = LONG ? "1m" : "400ms";

    static final Duration PATIENCE = LONG ? Duration.ofMinutes(3) : Duration.ofSeconds(20);

    final RecordedLog log = new RecordedLog();
    final WatchedSource source;
    final MemoryBudget memory = new MemoryBudget(16 << 20);
    AckRepository repository = new MemoryAckRepository();
    CollectingHandler handler = new CollectingHandler();
    String user = "cl1";
    Duration heartbeat = Duration.ofHours(1);
    boolean stopOnGap;
    ConsumerOptions consumer = LedgerRig.consumer("a").options();
    ChangelogService service;

    /** @param options of the simulator, behind {@code mdts=1,rate=0} */
    FaultRig(boolean endless, String options) throws Exception {
        source = new WatchedSource(
                SourceSpec.parse("simulator:mdts=1,rate=0," + options).create(), endless);
    }

    /** A new process on the positions that there are. */
    FaultRig start() throws Exception {
        Duration first = LONG ? ReaderOptions.DEFAULT.backoff() : Duration.ofMillis(20);
        Duration most = LONG ? ReaderOptions.DEFAULT.maxBackoff() : Duration.ofMillis(100);
        service = new ChangelogService(
                source,
                mdt -> user,
                new LedgerOptions(100, Duration.ofSeconds(5), stopOnGap, false, Duration.ofMillis(20), 0, heartbeat),
                new ReaderOptions(
                        64,
                        1 << 16,
                        RecordFormat.RAW,
                        first,
                        most,
                        Duration.ofMillis(30),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5)),
                repository,
                memory);
        service.subscribe(new MdtPattern(MDT), consumer, handler);
        service.start();
        return this;
    }

    MdtStatus status() {
        return service.status().get(0);
    }

    void awaitComplete() {
        await().atMost(PATIENCE).until(service::isComplete);
    }

    void awaitState(MdtState state) {
        await().atMost(PATIENCE).until(() -> status().state() == state);
    }

    void awaitDelivered(int count) {
        await().atMost(PATIENCE).until(() -> handler.indexes.size() >= count);
    }

    void awaitCleared(long index) {
        await().atMost(PATIENCE).until(() -> status().ledger().cleared() == index);
    }

    /** So long that a log check has certainly been made. */
    void awaitLogChecks(int count) {
        long before = source.opens.get();
        await().atMost(PATIENCE).until(() -> source.opens.get() >= before + 2L * count);
    }

    static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    void stop() throws InterruptedException {
        handler.gate.countDown();
        service.stop();
    }

    @Override
    public void close() {
        try {
            if (service != null) {
                stop();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        source.close();
        repository.close();
        log.close();
    }
}

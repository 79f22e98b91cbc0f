// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordFormat;
import io.github.camellustre.changelog.ack.LedgerKey;
import io.github.camellustre.changelog.ack.LedgerOptions;
import io.github.camellustre.changelog.ack.LedgerRig;
import io.github.camellustre.changelog.ack.LedgerState;
import io.github.camellustre.changelog.ack.MemoryAckRepository;
import io.github.camellustre.changelog.ack.MemoryBudget;
import io.github.camellustre.changelog.ack.Token;
import io.github.camellustre.changelog.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class ChangelogServiceTest {
    private static final List<Long> ALL = LongStream.rangeClosed(1, 10).boxed().toList();

    private final ScriptedSource source = new ScriptedSource();
    private final MemoryAckRepository repository = new MemoryAckRepository();
    private final MemoryBudget memory = new MemoryBudget(1 << 20);
    private final CollectingHandler handler = new CollectingHandler();
    private ChangelogService service = service(Duration.ofMillis(300));

    private ChangelogService service(Duration stopTimeout) {
        return new ChangelogService(
                source,
                mdt -> "cl1",
                new LedgerOptions(
                        1_024, Duration.ofSeconds(5), false, true, Duration.ofMillis(20), 0, Duration.ofHours(1)),
                new ReaderOptions(
                        4_096,
                        1 << 20,
                        RecordFormat.RAW,
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(50),
                        Duration.ofMillis(20),
                        stopTimeout),
                repository,
                memory);
    }

    private Subscription subscribe(String mdts, String name, RecordHandler to) throws Exception {
        return service.subscribe(
                new MdtPattern(mdts), LedgerRig.consumer(name).inFlight(4).options(), to);
    }

    private void run() throws Exception {
        subscribe("fs-MDT0000", "a", handler);
        service.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        handler.gate.countDown();
        source.clearHangs.countDown();
        source.closeHangs.countDown();
        source.clearsOf.values().forEach(CountDownLatch::countDown);
        service.stop();
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void aFiniteSourceCompletes() throws Exception {
        run();
        await().until(service::isComplete);
        assertThat(handler.indexes).isEqualTo(ALL);
        assertThat(source.clears).isSorted().endsWith(10L);
    }

    @Test
    void whatASourceLeavesOutOnPurposeIsNotReportedAsMissing() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(MdtReader.class);
        log.start();
        logger.addAppender(log);
        source.missing = 5;
        source.filtered = true;
        run();
        await().until(service::isComplete);
        logger.detachAppender(log);
        assertThat(handler.indexes).hasSize(9).doesNotContain(5L);
        assertThat(source.clears).endsWith(10L);
        assertThat(log.list).noneMatch(event -> event.getLevel() == Level.ERROR);
    }

    @Test
    void completesAlsoWhenAClearIsRefusedAndSaysSo() throws Exception {
        source.clearErrors.add(SourceException.fatal("EINVAL", null));
        run();
        await().until(service::isComplete);
        assertThat(handler.indexes).isEqualTo(ALL);
        assertThat(source.clears).isEmpty();
        assertThat(service.status().get(0).clearProblem()).contains("EINVAL");
    }

    @Test
    void aClearThatFailsForAWhileIsSentAgainAtTheEnd() throws Exception {
        for (int i = 0; i < 4; i++) {
            source.clearErrors.add(SourceException.retryable("the MDT recovers", null));
        }
        run();
        await().until(service::isComplete);
        assertThat(source.clears).endsWith(10L);
        assertThat(service.status().get(0).clearProblem()).isNull();
    }

    @Test
    void aHangingClearStopsNeitherHandOverNorCheckpoints() throws Exception {
        source.clearHangs = new CountDownLatch(1);
        run();
        await().until(() -> handler.indexes.size() == 10);
        await().until(() -> repository
                        .load(new LedgerKey("fs-MDT0000", "cl1"))
                        .orElseThrow()
                        .consumers()
                        .get("a")
                        .position()
                == 10);
        assertThat(service.isComplete()).isFalse();
        assertThat(source.clears).isEmpty();
    }

    /** The kernel may keep a close waiting until an outage is over. */
    @Test
    void aCloseThatHangsDoesNotHoldUpTheStop() throws Exception {
        source.closeHangs = new CountDownLatch(1);
        run();
        await().until(() -> handler.indexes.size() == 10);
        service.stop();
        assertThat(service.status().get(0).state()).isNotEqualTo(MdtState.STOPPED);
        source.closeHangs.countDown();
        await().until(() -> service.status().get(0).state().isFinal()
                || service.status().get(0).state() == MdtState.STOPPED);
    }

    @Test
    void readsOnAfterErrors() throws Exception {
        source.readErrors.add(SourceException.retryable("EIO", null));
        source.readErrors.add(SourceException.fatal("EACCES", null));
        run();
        await().until(service::isComplete);
        assertThat(handler.indexes).isEqualTo(ALL);
        assertThat(service.status().get(0).problem()).isNull();
    }

    @Test
    void oneConsumerThatBlocksLeavesTheOthersToGoOn() throws Exception {
        CollectingHandler blocked = new CollectingHandler();
        blocked.gate = new CountDownLatch(1);
        source.newest = 4;
        subscribe("fs-*", "blocked", blocked);
        run();
        await().until(() -> handler.indexes.size() == 4);
        assertThat(blocked.indexes).isEmpty();
        assertThat(source.clears).isEmpty();
        source.newest = 10;
        blocked.gate.countDown();
        await().until(service::isComplete);
        assertThat(blocked.indexes).isEqualTo(ALL);
        assertThat(handler.indexes).isEqualTo(ALL);
    }

    @Test
    void theReaderStopsAtTheBoundAndGoesOnBehindIt() throws Exception {
        handler.gate = new CountDownLatch(1);
        run();
        await().until(() -> service.status().get(0).state() == MdtState.HELD);
        assertThat(service.status().get(0).ledger().readIndex()).isEqualTo(4);
        handler.gate.countDown();
        await().until(service::isComplete);
        assertThat(handler.indexes).isEqualTo(ALL);
    }

    @Test
    void anErrorOrAnInterruptLeftByAHandlerEndsNoThread() throws Exception {
        CollectingHandler faulty = new CollectingHandler() {
            private boolean failed;

            @Override
            public void onRecord(ChangelogRecord record, Token token) {
                if (record.index() == 3 && !failed) {
                    failed = true;
                    Thread.currentThread().interrupt();
                    throw new AssertionError("a linkage error, say");
                }
                super.onRecord(record, token);
            }
        };
        subscribe("fs-MDT0000", "a", faulty);
        service.start();
        await().until(service::isComplete);
        assertThat(faulty.indexes).containsAll(ALL);
    }

    @Test
    void picksUpANewMdtForAllItsConsumers() throws Exception {
        CollectingHandler second = new CollectingHandler();
        subscribe("fs-*", "second", second);
        subscribe("fs-*", "a", handler);
        service.start();
        await().until(() -> handler.indexes.size() == 10);
        source.mdts.add("fs-MDT0001");
        await().until(() -> handler.indexes.size() == 20 && second.indexes.size() == 20);
    }

    @Test
    void aNewMdtDropsNoPositionBeforeAllHaveJoined() throws Exception {
        CollectingHandler second = new CollectingHandler();
        subscribe("fs-*", "a", handler);
        subscribe("fs-*", "second", second);
        service.start();
        await().until(() -> second.indexes.size() == 10 && handler.indexes.size() == 10);
        repository.save(new LedgerState(
                new LedgerKey("fs-MDT0001", "cl1"),
                "scripted",
                new TreeMap<>(Map.of(
                        "a",
                        new LedgerState.ConsumerState(10, new long[0]),
                        "second",
                        new LedgerState.ConsumerState(5, new long[0]))),
                0,
                5,
                null));
        source.mdts.add("fs-MDT0001");
        await().until(() -> second.indexes.size() == 15);
        assertThat(second.indexes.subList(10, 15)).containsExactly(6L, 7L, 8L, 9L, 10L);
        assertThat(handler.indexes).hasSize(10);
    }

    @Test
    void anMdtThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> subscribe("fs-MDT0009", "a", handler))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("fs-MDT0009")
                .hasMessageContaining("fs-MDT0000");
    }

    @Test
    void aStopWritesAndClearsWhatIsAcknowledged() throws Exception {
        source.finite = false;
        run();
        await().until(() -> handler.indexes.size() == 10);
        service.stop();
        assertThat(source.clears).endsWith(10L);
        assertThat(repository
                        .load(new LedgerKey("fs-MDT0000", "cl1"))
                        .orElseThrow()
                        .consumers()
                        .get("a")
                        .position())
                .isEqualTo(10);
    }

    @Test
    void atAStopNoMdtWaitsForAnotherThatDoesNotAnswer() throws Exception {
        service = service(Duration.ofHours(1));
        source.mdts.add("fs-MDT0001");
        source.mdts.forEach(mdt -> source.clearsOf.put(mdt, new CountDownLatch(1)));
        source.finite = false;
        subscribe("*", "a", handler);
        service.start();
        await().until(() -> source.clearing.size() == 2);
        source.newest = 20;
        await().until(() ->
                service.status().stream().allMatch(mdt -> mdt.consumers().get(0).position() == 20));
        Thread stopping = new Thread(() -> {
            try {
                service.stop();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        stopping.start();
        await().until(() -> service.status().stream().allMatch(mdt -> mdt.state() == MdtState.STOPPED));
        source.clearsOf.get("fs-MDT0001").countDown();
        await().until(() -> source.clears.contains(20L));
        assertThat(stopping.isAlive()).isTrue();
        source.clearsOf.get("fs-MDT0000").countDown();
        stopping.join();
        assertThat(source.clears.stream().filter(index -> index == 20)).hasSize(2);
    }

    @Test
    void suspendedItIsHandedNothingAndGoesOnWhereItStood() throws Exception {
        source.finite = false;
        Subscription subscription = subscribe("fs-MDT0000", "a", handler);
        service.start();
        await().until(() -> handler.indexes.size() == 10);
        subscription.suspend();
        assertThat(subscription.awaitSettled(Duration.ofSeconds(10))).isTrue();
        source.newest = 12;
        subscription.resume();
        await().until(() -> handler.indexes.size() == 12);
        assertThat(handler.indexes).endsWith(11L, 12L).doesNotHaveDuplicates();
    }
}

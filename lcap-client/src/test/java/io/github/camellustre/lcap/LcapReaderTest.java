// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;
import io.github.camellustre.lcap.wire.Request;
import io.github.camellustre.lcap.wire.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a reader does beside a server that does what it should. */
@Timeout(60)
class LcapReaderTest {
    static final Timing QUICK = new Timing(
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            Duration.ofMinutes(10),
            Duration.ofMillis(300),
            Duration.ofSeconds(30));

    private final ModelServer server = new ModelServer();

    private LcapReaderBuilder builder() {
        return LcapReader.builder().server(server.uri()).mdt(ModelServer.MDT).timing(QUICK);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLifeAsOfLiblcapclient() throws Exception {
        server.add(1, 25);
        List<Long> received = new ArrayList<>();
        LcapReader reader = builder().start();
        for (ChangelogRecord record = reader.receive(); record != null; record = reader.receive()) {
            assertThat(record).isEqualTo(ModelServer.record(record.index()));
            received.add(record.index());
            reader.clear(record.index());
        }
        reader.fini();

        assertThat(received).isEqualTo(indexes(1, 25));
        assertThat(server.acknowledged).isEqualTo(indexes(1, 25));
        assertThat(server.requests.get(0))
                .isEqualTo(new Start(Start.LONG_POLL | Start.EXTRA, 0, ModelServer.MDT, GroupName.DEFAULT));
        assertThat(server.requests).last().isEqualTo(new Request.Fini());
    }

    @Test
    void whatIsAskedForIsAskedOfTheServer() throws Exception {
        try (LcapReader reader = builder()
                .group("robinhood")
                .filter("type=CREAT")
                .batch(7)
                .lease(Duration.ofMinutes(2))
                .flags(Start.JOBID)
                .firstIndex(4711)
                .start()) {
            assertThat(reader.receive()).isNull();
        }

        assertThat(server.requests)
                .startsWith(
                        new Start(
                                Start.JOBID | Start.LONG_POLL | Start.EXTRA,
                                4711,
                                ModelServer.MDT,
                                new GroupName("robinhood")),
                        new Option.Lease(Duration.ofMinutes(2)),
                        new Option.Filter("type=CREAT"),
                        new Option.Batch(7));
    }

    @Test
    void whatIsChangedLaterHoldsFromTheNextBatchOn() throws Exception {
        try (LcapReader reader = builder().start()) {
            reader.setFilter("type=CLOSE");
            reader.setBatch(3);
            reader.setLease(Duration.ofSeconds(45));
            await().until(() -> server.requests.contains(new Option.Filter("type=CLOSE"))
                    && server.requests.contains(new Option.Batch(3))
                    && server.requests.contains(new Option.Lease(Duration.ofSeconds(45))));
            reader.setGroup("other");
            await().until(() -> server.count(Start.class) == 2 && server.count(Request.Fini.class) == 1);
            server.add(1, 1);
            assertThat(reader.receive().index()).isEqualTo(1);
            assertThat(server.requests.stream().filter(Start.class::isInstance).map(start -> ((Start) start).group()))
                    .containsExactly(GroupName.DEFAULT, new GroupName("other"));
        }
    }

    @Test
    void batches() throws Exception {
        server.add(1, 25);
        List<Long> received = new ArrayList<>();
        try (LcapReader reader = builder().start()) {
            reader.forEachBatch(batch -> {
                assertThat(batch).hasSizeLessThanOrEqualTo(10);
                batch.forEach(record -> received.add(record.index()));
            });
        }
        assertThat(received).isEqualTo(indexes(1, 25));
        assertThat(server.acknowledged).isEqualTo(indexes(1, 25));
        // all that was acknowledged went with the end of a batch
        assertThat(server.requests.stream().filter(Request.Clear.class::isInstance))
                .containsExactly(new Request.Clear(10), new Request.Clear(20), new Request.Clear(25));
    }

    @Test
    void anIteratorEndsWhereThereIsNothing() throws Exception {
        server.add(1, 12);
        List<Long> received = new ArrayList<>();
        try (LcapReader reader = builder().start()) {
            for (ChangelogRecord record : reader) {
                received.add(record.index());
                reader.clear(record.index());
            }
            server.add(13, 14);
            for (ChangelogRecord record : reader) {
                received.add(record.index());
                reader.clear(record.index());
            }
        }
        assertThat(received).isEqualTo(indexes(1, 14));
    }

    @Test
    void whatACallbackThrowsForIsNotAcknowledged() throws Exception {
        server.add(1, 5);
        try (LcapReader reader = builder().start()) {
            assertThatThrownBy(() -> reader.forEachRecord(record -> {
                        if (record.index() == 4) {
                            throw new IOException("disk full");
                        }
                    }))
                    .hasMessage("disk full");
        }
        assertThat(server.acknowledged).isEqualTo(indexes(1, 3));
    }

    @Test
    void followWaitsUntilItIsClosed() throws Exception {
        List<Long> received = new CopyOnWriteArrayList<>();
        LcapReader reader = builder().flags(Start.FOLLOW).start();
        Thread application = new Thread(() -> reader.forEach(record -> {
            received.add(record.index());
            reader.clear(record.index());
        }));
        application.start();
        await().until(() -> server.count(Request.Dequeue.class) > 2);
        server.add(1, 3);
        await().until(() -> received.size() == 3);
        reader.close();
        application.join();

        assertThat(server.acknowledged).isEqualTo(indexes(1, 3));
        assertThat(server.requests).last().isEqualTo(new Request.Fini());
    }

    @Test
    void anInterruptEndsAWaitAndNothingElse() throws Exception {
        try (LcapReader reader = builder().flags(Start.FOLLOW).start()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(reader::receive).isInstanceOf(InterruptedException.class);
            server.add(1, 1);
            assertThat(reader.receive().index()).isEqualTo(1);
        }
    }

    @Test
    void theNextBatchComesOnlyWhenTheOneBeforeIsAcknowledged() throws Exception {
        server.add(1, 15);
        try (LcapReader reader = builder().start()) {
            ChangelogBatch first = reader.receiveBatch();
            assertThat(first).hasSize(10);
            reader.clear(9);
            assertThatIllegalStateException()
                    .isThrownBy(reader::receiveBatch)
                    .withMessage("the batch up to index 10 is not acknowledged to its end: clear(10) first");
            reader.clear(10);
            assertThat(reader.receiveBatch()).hasSize(5);
        }
        assertThat(server.acknowledged).isEqualTo(indexes(1, 10));
    }

    @Test
    void whatWasNotReceivedIsNeverAcknowledged() throws Exception {
        server.add(1, 5);
        try (LcapReader reader = builder().start()) {
            reader.receive();
            reader.receive();
            reader.clear(1_000);
        }
        assertThat(server.acknowledged).isEqualTo(indexes(1, 2));
    }

    @Test
    void progressIsSentWhileABatchIsWorkedOn() throws Exception {
        server.add(1, 10);
        try (LcapReader reader = builder().start()) {
            reader.receiveBatch();
            reader.clear(4);
            await().until(() -> server.acknowledged.equals(indexes(1, 4)));
            reader.clear(7);
            await().until(() -> server.acknowledged.equals(indexes(1, 7)));
        }
    }

    @Test
    void theLeaseIsKeptWhileTheApplicationLives() throws Exception {
        server.add(1, 10);
        try (LcapReader reader = builder().lease(Duration.ofSeconds(1)).start()) {
            reader.receiveBatch();
            // one at the start, the others while the application does nothing at all
            await().until(() -> server.count(Option.Lease.class) >= 4);
        }
    }

    @Test
    void theLeaseOfAnApplicationThatHangsIsNotKept() throws Exception {
        server.add(1, 10);
        Timing impatient =
                new Timing(QUICK.answer(), QUICK.clear(), Duration.ofMillis(500), QUICK.grace(), QUICK.report());
        try (LcapReader reader =
                builder().timing(impatient).lease(Duration.ofSeconds(1)).start()) {
            reader.receiveBatch();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> server.count(Option.Lease.class) <= 3);
            reader.clear(1);
            await().until(() -> server.acknowledged.equals(indexes(1, 1)));
        }
    }

    @Test
    void recordsThatCameOutOfOrder() {
        BatchInHand batch = batch(5, 3, 4, 6);
        batch.rest();

        assertThat(batch.acknowledge(4)).isFalse();
        assertThat(batch.progress()).isZero();
        assertThat(batch.acknowledge(5)).isFalse();
        assertThat(batch.progress()).isEqualTo(5);
        assertThat(batch.acknowledge(6)).isTrue();
        assertThat(batch.acknowledge(6)).isFalse();
    }

    @Test
    void progressNeverPassesARecordThatIsNotAcknowledged() {
        BatchInHand batch = batch(3, 6, 4, 5);
        batch.next();
        batch.next();
        batch.acknowledge(6);

        assertThat(batch.progress()).isEqualTo(3);
        assertThat(batch.last()).isEqualTo(6);
    }

    private static BatchInHand batch(long... indexes) {
        ChangelogBatch batch = ChangelogBatch.of(
                LongStream.of(indexes).mapToObj(ModelServer::record).toList());
        return new BatchInHand(batch, batch);
    }

    static List<Long> indexes(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}

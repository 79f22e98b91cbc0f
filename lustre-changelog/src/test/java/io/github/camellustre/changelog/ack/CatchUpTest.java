// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract point 3: how many deliveries a batch costs that failed, because its sink was down or one of its records is bad. */
class CatchUpTest {
    private static final int RECORDS = 5_000;
    /** Halvings from a whole batch down to one record. */
    private static final int HALVINGS = 12;

    private final LedgerRig rig = new LedgerRig(new MemoryBudget(1 << 24));
    private final List<Long> dead = new ArrayList<>();
    private ConsumerLedger consumer;
    private int deliveries;
    private int failures;
    private long records;

    @BeforeEach
    void readAll() throws Exception {
        consumer = rig.single(LedgerRig.consumer("a")
                .batches(RECORDS)
                .inFlight(4 * RECORDS)
                .bytes(1 << 24)
                .redeliveries(0, OnExhausted.DEAD_LETTER)
                .options());
        read(1, RECORDS);
    }

    private void read(long first, long last) {
        rig.read(LongStream.rangeClosed(first, last).toArray());
    }

    /** A sink that answers at once and refuses what has a bad record in it, until all is through. */
    private void deliver(Set<Long> bad) throws Exception {
        while (consumer.status().position() < RECORDS) {
            Handout handout = consumer.take(0);
            if (handout == null) {
                rig.pass(Duration.ofMinutes(1));
                continue;
            }
            List<Long> indexes = indexes(handout);
            Token token = handout.batchToken();
            deliveries++;
            assertThat(failures).as("looks for the bad record for ever").isLessThan(RECORDS);
            if (handout.exhaustedBy() != null) {
                dead.addAll(indexes);
            } else {
                records += indexes.size();
                if (!Collections.disjoint(indexes, bad)) {
                    failures++;
                    token.fail(new IllegalStateException("bad record"));
                }
            }
            token.release();
        }
    }

    private static List<Long> indexes(Handout handout) {
        return handout.batch().stream().map(record -> record.index()).toList();
    }

    /** What is handed out at once while the sink is down: all of it fails, the newest first. */
    private void fail(int times, int handouts) throws Exception {
        for (int i = 0; i < times; i++) {
            List<Token> out = new ArrayList<>();
            while (out.size() < handouts) {
                Handout handout = consumer.take(0);
                if (handout == null) {
                    break;
                }
                assertThat(handout.exhaustedBy()).isNull();
                out.add(handout.batchToken());
            }
            assertThat(out).isNotEmpty();
            Collections.reverse(out);
            for (Token token : out) {
                token.fail(new IllegalStateException("sink is down"));
                token.release();
            }
            rig.pass(Duration.ofMinutes(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, HALVINGS})
    void afterAnOutageItTakesFewDeliveries(int refused) throws Exception {
        fail(refused, 1);
        deliver(Set.of());
        assertThat(deliveries).isLessThanOrEqualTo(refused + 2);
        assertThat(records).isEqualTo(RECORDS);
    }

    @Test
    void behindItsFirstAnswerTheyAreAsFewIfTheSinkAnswersLaterAndInAnotherOrder() throws Exception {
        fail(HALVINGS, Integer.MAX_VALUE);
        consumer.take(0).batchToken().release();
        List<LedgerRig.Delivered> out = LedgerRig.takeAll(consumer);
        assertThat(out).hasSizeLessThanOrEqualTo(HALVINGS + 2);
        Collections.reverse(out);
        LedgerRig.succeed(out);
        assertThat(consumer.status().position()).isEqualTo(RECORDS);
    }

    @Test
    void theSuccessOfWhatWasHandedOutBeforeTheFailureDoesNotCount() throws Exception {
        read(RECORDS + 1, 2 * RECORDS);
        read(2 * RECORDS + 1, 3 * RECORDS);
        List<LedgerRig.Delivered> all = LedgerRig.takeAll(consumer);
        LedgerRig.fail(all.get(0));
        LedgerRig.fail(all.get(2));
        LedgerRig.succeed(all.subList(1, 2));
        rig.pass(Duration.ofMinutes(1));
        assertThat(LedgerRig.takeAll(consumer))
                .allMatch(batch -> batch.indexes().size() == RECORDS / 2);
    }

    @Test
    void whileNothingSucceedsAllUseUpTheirRedeliveriesTogether() throws Exception {
        fail(HALVINGS + 1, Integer.MAX_VALUE);
        deliver(Set.of());
        assertThat(dead).hasSize(RECORDS).isSorted();
        assertThat(records).isZero();
    }

    @Test
    void theOldestOfWhatFailedTogetherIsHalved() throws Exception {
        read(RECORDS + 1, RECORDS + 10);
        fail(1, Integer.MAX_VALUE);
        assertThat(consumer.take(0).count()).isEqualTo(RECORDS / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 2_500, 2_501, 3_777, RECORDS})
    void aBadRecordIsFoundByHalvingAndTheOthersAreCaughtUp(long bad) throws Exception {
        deliver(Set.of(bad));
        assertThat(dead).containsExactly(bad);
        assertThat(failures).isLessThanOrEqualTo(HALVINGS + 1);
        assertThat(deliveries).isLessThanOrEqualTo(3 * HALVINGS + 3);
        assertThat(records).isLessThanOrEqualTo(3L * RECORDS);
    }

    @Test
    void ofNeighboursThatAreBadEachFailsOnceMore() throws Exception {
        deliver(Set.of(2_000L, 2_001L, 2_002L, 2_003L));
        assertThat(dead).containsExactly(2_000L, 2_001L, 2_002L, 2_003L);
        assertThat(failures).isLessThanOrEqualTo(HALVINGS + 4);
    }

    @Test
    void afterAllWasCaughtUpBatchesAreWholeAgain() throws Exception {
        deliver(Set.of(1L));
        read(RECORDS + 1, 2 * RECORDS);
        assertThat(consumer.take(0).count()).isEqualTo(RECORDS);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.RecordType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Contract points 3, 8, 10, 11 and 12: what a consumer is handed, and when again. */
class DeliveryTest {
    private final LedgerRig rig = new LedgerRig();

    @Test
    void aFailurePausesAndThenRepeatsInOrder() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2, 3, 4);
        List<LedgerRig.Delivered> first = LedgerRig.takeAll(consumer);
        first.get(0).token().release();
        LedgerRig.fail(first.get(1));
        first.get(2).token().release();
        rig.pass(Duration.ofSeconds(1));
        assertThat(LedgerRig.takeAll(consumer)).as("one is out still").isEmpty();
        first.get(3).token().release();
        List<LedgerRig.Delivered> again = LedgerRig.takeAll(consumer);
        assertThat(LedgerRig.indexes(again)).containsExactly(2L, 3L, 4L);
        again.get(0).token().release();
        assertThat(consumer.status().position())
                .as("what repeats counts when it is back")
                .isEqualTo(2);
        LedgerRig.succeed(again.subList(1, 3));
        assertThat(rig.clear()).isEqualTo(4);
    }

    @Test
    void whatIsGivenBackCountsAsNeverHandedOver() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2, 3, 4);
        Handout handout = consumer.take(0);
        handout.token(0).release();
        consumer.suspend();
        handout.giveBack(1);
        rig.clear();
        assertThat(consumer.status().inFlight()).isZero();
        assertThat(consumer.status().delivered()).isEqualTo(1);
        consumer.resume();
        rig.rewind();
        rig.read(2, 3, 4);
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).containsExactly(2L, 3L, 4L);
        assertThat(consumer.status().redelivered()).isZero();
    }

    @Test
    void givingBackWhatWasHandedOverBeforeForgetsNothing() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2, 3, 4);
        List<LedgerRig.Delivered> first = LedgerRig.takeAll(consumer);
        LedgerRig.fail(first.get(0));
        LedgerRig.succeed(first.subList(1, 4));
        rig.pass(Duration.ofSeconds(1));
        consumer.take(0).giveBack(0);
        assertThat(consumer.status().inFlight()).isEqualTo(4);
    }

    @Test
    void aFailureRepeatsOnlyWhatIsMissingIfSoWanted() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").missing().options());
        rig.read(1, 2, 3, 4);
        List<LedgerRig.Delivered> first = LedgerRig.takeAll(consumer);
        LedgerRig.fail(first.get(1));
        LedgerRig.fail(first.get(3));
        first.get(0).token().release();
        first.get(2).token().release();
        rig.pass(Duration.ofSeconds(1));
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).containsExactly(2L, 4L);
    }

    @Test
    void aBadRecordIsFoundInItsBatchAndGoesToTheDeadLetter() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a")
                .batches(8)
                .redeliveries(1, OnExhausted.DEAD_LETTER)
                .options());
        rig.read(1, 2, 3, 4, 5, 6, 7, 8);
        boolean dead = false;
        for (int turn = 0; turn < 60 && consumer.status().position() < 8; turn++) {
            Handout handout = consumer.take(0);
            if (handout == null) {
                rig.pass(Duration.ofMinutes(1));
                continue;
            }
            List<Long> indexes =
                    handout.batch().stream().map(record -> record.index()).toList();
            Token token = handout.batchToken();
            if (handout.exhaustedBy() != null) {
                assertThat(indexes).containsExactly(5L);
                dead = true;
            } else if (indexes.contains(5L)) {
                token.fail(new IllegalStateException("poison"));
            }
            token.release();
        }
        assertThat(dead).isTrue();
        assertThat(consumer.status().position()).isEqualTo(8);
    }

    @Test
    void eachRecordGoesToTheDeadLetterOnceAndInOrderWhileNothingSucceeds() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a")
                .batches(3)
                .redeliveries(0, OnExhausted.DEAD_LETTER)
                .options());
        // the last one is a batch of its own, whose only failure is that of a single record
        rig.read(1, 2, 3, 4);
        List<Long> dead = new ArrayList<>();
        for (int turn = 0; turn < 60 && consumer.status().position() < 4; turn++) {
            List<Token> out = new ArrayList<>();
            for (Handout handout = consumer.take(0); handout != null; handout = consumer.take(0)) {
                Token token = handout.batchToken();
                if (handout.exhaustedBy() == null) {
                    token.fail(new IllegalStateException("sink is down"));
                    out.add(token);
                } else {
                    handout.batch().forEach(record -> dead.add(record.index()));
                    token.release();
                }
            }
            out.forEach(Token::release);
            rig.pass(Duration.ofMinutes(1));
        }
        assertThat(dead).containsExactly(1L, 2L, 3L, 4L);
        assertThat(consumer.status().position()).isEqualTo(4);
    }

    @Test
    void anExhaustedConsumerStopsAndGoesOnWhenItIsResumed() throws Exception {
        ConsumerLedger consumer = rig.single(
                LedgerRig.consumer("a").redeliveries(0, OnExhausted.STOP).options());
        rig.read(1, 2);
        List<LedgerRig.Delivered> first = LedgerRig.takeAll(consumer);
        LedgerRig.fail(first.get(0));
        first.get(1).token().release();
        rig.pass(Duration.ofSeconds(1));
        assertThat(LedgerRig.takeAll(consumer)).isEmpty();
        assertThat(consumer.status().state()).isEqualTo(ConsumerStatus.State.EXHAUSTED);
        assertThat(rig.clear()).isZero();
        rig.ledger.endOfStream(true);
        assertThat(rig.ledger.isComplete(false)).isFalse();
        consumer.resume();
        rig.rewind();
        rig.read(1, 2);
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).containsExactly(1L, 2L);
    }

    @Test
    void unwantedTypesAreAcknowledgedUnseen() throws Exception {
        for (boolean batching : new boolean[] {false, true}) {
            LedgerRig.Consumer wanted = LedgerRig.consumer("a").types(RecordType.UNLNK);
            ConsumerLedger consumer = rig.single((batching ? wanted.batches(10) : wanted).options());
            rig.read(1, 2);
            rig.ledger.add(LedgerRig.block(RecordType.UNLNK, 3));
            rig.read(4, 5);
            List<LedgerRig.Delivered> delivered = LedgerRig.takeAll(consumer);
            assertThat(LedgerRig.indexes(delivered)).containsExactly(3L);
            assertThat(consumer.status().outstanding()).isEqualTo(1);
            LedgerRig.succeed(delivered);
            assertThat(consumer.status().position()).isEqualTo(5);
            assertThat(consumer.status().filtered()).isEqualTo(4);
            assertThat(consumer.status().acknowledged()).isEqualTo(1);
            rig.repository = new MemoryAckRepository();
        }
    }

    @Test
    void isBoundedFromTheLastPositionOnDisk() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").inFlight(3).options());
        rig.read(1, 2, 3, 4, 5);
        List<LedgerRig.Delivered> first = LedgerRig.takeAll(consumer);
        assertThat(LedgerRig.indexes(first)).containsExactly(1L, 2L, 3L);
        assertThat(consumer.status().state()).isEqualTo(ConsumerStatus.State.HELD);
        assertThat(rig.ledger.awaitCheckpointDue(0, true))
                .as("nothing new to write")
                .isFalse();
        assertThat(rig.ledger.awaitSpace(0)).isFalse();
        LedgerRig.succeed(first);
        assertThat(LedgerRig.takeAll(consumer)).isEmpty();
        assertThat(rig.ledger.awaitCheckpointDue(0, true)).isTrue();
        rig.clear();
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).containsExactly(4L, 5L);
    }

    @Test
    void groupsAreSeenToHoldItAlsoAtTheBoundOfBytes() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").bytes(10).options());
        rig.read(1);
        Token token = LedgerRig.takeAll(consumer).get(0).token();
        token.retainInGroup();
        token.release();
        assertThat(LedgerRig.takeAll(consumer)).isEmpty();
        assertThat(rig.ledger.awaitSpace(0)).isFalse();
        assertThat(consumer.isHeldByGroupsOnly()).isTrue();
        token.releaseFromGroup();
        assertThat(rig.ledger.awaitSpace(0)).isTrue();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    @Test
    void revokedTokensMaySucceedLateEvenAfterANewReading() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2);
        List<LedgerRig.Delivered> old = LedgerRig.takeAll(consumer);
        consumer.stop();
        assertThat(consumer.status().outstanding()).isZero();
        rig.join(LedgerRig.consumer("a").options());
        rig.rewind();
        rig.read(1, 2);
        List<LedgerRig.Delivered> again = LedgerRig.takeAll(consumer);
        assertThat(LedgerRig.indexes(again)).containsExactly(1L, 2L);
        old.get(0).token().release();
        assertThat(consumer.status().position()).isEqualTo(1);
        LedgerRig.fail(again.get(0));
        assertThat(consumer.status().failed()).isZero();
        LedgerRig.fail(old.get(1));
        assertThat(consumer.status().failed()).isZero();
        again.get(1).token().release();
        assertThat(consumer.status().position()).isEqualTo(2);
    }

    @Test
    void oneThatHangsIsLeftBehindByANewReadingUntilItIsBack() throws Exception {
        ConsumerLedger hanging = rig.single(LedgerRig.consumer("hanging").options());
        rig.read(1, 2);
        List<LedgerRig.Delivered> held = LedgerRig.takeAll(hanging);
        ConsumerLedger other = rig.join(LedgerRig.consumer("other").options());
        assertThat(rig.ledger.rewind(0)).isFalse();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.ledger.rewind(0)).isTrue();
        rig.read(1, 2);
        LedgerRig.succeed(LedgerRig.takeAll(other));
        assertThat(LedgerRig.takeAll(hanging)).isEmpty();
        assertThat(hanging.status().outstanding()).isEqualTo(2);
        assertThat(rig.clear()).isZero();
        LedgerRig.succeed(held);
        assertThat(rig.ledger.isRewinding()).isTrue();
        rig.rewind();
        assertThat(rig.ledger.resumeIndex()).isEqualTo(3);
        assertThat(rig.clear()).isEqualTo(2);
    }

    @Test
    void restoredRangesAreNotHandedOutAgainAndSurviveASecondCrash() throws Exception {
        ConsumerOptions options = LedgerRig.consumer("a").missing().options();
        ConsumerLedger consumer = rig.single(options);
        rig.read(1, 2, 3, 4);
        List<LedgerRig.Delivered> first = LedgerRig.takeAll(consumer);
        LedgerRig.succeed(first.subList(1, 3));
        rig.clear();
        rig.single(options);
        rig.clear();
        assertThat(rig.stored().consumers().get("a").ranges()).containsExactly(2, 3);
        consumer = rig.single(options);
        rig.read(1, 2, 3, 4);
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).containsExactly(1L, 4L);
    }

    @Test
    void newestSkipsWhatThereIsAlsoWhereTheSourceCannotTellIt() throws Exception {
        ConsumerLedger consumer =
                rig.single(LedgerRig.consumer("a").start(StartFrom.NEWEST).options());
        rig.read(1, 2);
        assertThat(LedgerRig.takeAll(consumer)).isEmpty();
        rig.ledger.endOfStream(false);
        rig.read(3);
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).containsExactly(3L);
        rig.repository = new MemoryAckRepository();
        rig.open();
        rig.ledger.join(LedgerRig.consumer("b").start(StartFrom.NEWEST).options(), OptionalLong.of(7));
        rig.rewind();
        assertThat(rig.ledger.resumeIndex()).isEqualTo(8);
        assertThat(rig.clear()).as("nothing was read").isZero();
    }

    @Test
    void eachFirstStartIsItsOwn() throws Exception {
        rig.open();
        rig.ledger.join(LedgerRig.consumer("new").start(StartFrom.NEWEST).options(), OptionalLong.of(7));
        rig.ledger.join(LedgerRig.consumer("old").options(), OptionalLong.of(7));
        rig.rewind();
        assertThat(rig.ledger.resumeIndex()).isEqualTo(1);
    }

    @Test
    void manualAcknowledgementIsTheOnlyOne() throws Exception {
        ConsumerLedger consumer =
                rig.single(LedgerRig.consumer("a").ack(AckMode.MANUAL).options());
        rig.read(1, 2, 3);
        List<LedgerRig.Delivered> records = LedgerRig.takeAll(consumer);
        LedgerRig.succeed(records);
        assertThat(consumer.status().position()).isZero();
        records.get(0).token().acknowledge();
        assertThat(consumer.status().position()).isEqualTo(1);
        records.get(0).token().acknowledgeUpTo(3);
        assertThat(rig.clear()).isEqualTo(3);
    }

    @Test
    void withoutAcknowledgementAFailureCountsAndNothingRepeats() throws Exception {
        ConsumerLedger consumer =
                rig.single(LedgerRig.consumer("a").ack(AckMode.NONE).options());
        rig.read(1);
        LedgerRig.fail(LedgerRig.takeAll(consumer).get(0));
        rig.pass(Duration.ofMinutes(1));
        assertThat(LedgerRig.takeAll(consumer)).isEmpty();
        assertThat(consumer.status().failed()).isEqualTo(1);
        assertThat(consumer.status().position()).isEqualTo(1);
    }

    @Test
    void twoConsumersOfOneNameAreRefused() throws Exception {
        rig.single(LedgerRig.consumer("a").options());
        assertThatThrownBy(() -> rig.join(LedgerRig.consumer("a").options()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("consumer=NAME");
    }

    @Test
    void finishedIsCompleteAlsoWhenClearsAreRefused() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 3);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        rig.ledger.endOfStream(true);
        assertThat(rig.ledger.gaps()).as("nothing more can fill it").hasSize(1);
        assertThat(rig.ledger.checkpoint(true)).isEqualTo(3);
        rig.ledger.clearFailed();
        assertThat(rig.ledger.isComplete(false)).isFalse();
        assertThat(rig.ledger.isComplete(true)).isTrue();
        rig.ledger.cleared(3);
        assertThat(rig.ledger.isComplete(false)).isTrue();
    }

    @Test
    void anotherStreamUnderTheSameNameIsRefused() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        assertThat(consumer.status().position()).isZero();
        rig.clear();
        assertThatThrownBy(() -> new MdtLedger(
                        LedgerRig.KEY, "test:2", rig.mark, rig.options, rig.repository, rig.memory, () -> 0))
                .isInstanceOf(AckRepositoryException.class)
                .hasMessageContaining("test:1")
                .hasMessageContaining("test:2");
    }
}

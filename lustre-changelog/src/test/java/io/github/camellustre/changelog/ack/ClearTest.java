// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.RecordType;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Contract points 4, 5, 6 and 13: what is cleared, and when. */
class ClearTest {
    private final LedgerRig rig = new LedgerRig();

    @Test
    void isTheLeastPrefixOfAllThatHoldIt() throws Exception {
        ConsumerLedger fast = rig.single(LedgerRig.consumer("fast").options());
        ConsumerLedger slow = rig.join(LedgerRig.consumer("slow").options());
        ConsumerLedger careless =
                rig.join(LedgerRig.consumer("careless").ack(AckMode.NONE).options());
        rig.rewind();
        rig.read(1, 2, 3);
        LedgerRig.succeed(LedgerRig.takeAll(fast));
        var held = LedgerRig.takeAll(slow);
        assertThat(rig.clear()).isZero();
        held.get(0).token().release();
        held.get(2).token().release();
        assertThat(rig.clear()).isEqualTo(1);
        held.get(1).token().release();
        assertThat(rig.clear()).isEqualTo(3);
        assertThat(careless.status().position()).isZero();
    }

    @Test
    void isNotSentAgainWhileThePositionStands() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2);
        LedgerRig.takeAll(consumer).get(0).token().release();
        assertThat(rig.clear()).isEqualTo(1);
        assertThat(rig.clear()).isZero();
    }

    @Test
    void waitsForTheCheckpointThatCoversIt() throws Exception {
        AckRepository kept = new MemoryAckRepository();
        rig.repository = new AckRepository() {
            @Override
            public Optional<LedgerState> load(LedgerKey key) throws AckRepositoryException {
                return kept.load(key);
            }

            @Override
            public void save(LedgerState state) throws AckRepositoryException {
                throw new AckRepositoryException("disk is full", null);
            }

            @Override
            public void close() {
                kept.close();
            }
        };
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThatThrownBy(rig::clear).isInstanceOf(AckRepositoryException.class);
        assertThat(rig.ledger.status().checkpointErrors()).isEqualTo(1);
        assertThat(consumer.status().inFlight())
                .as("a restart would deliver it again")
                .isEqualTo(1);
        assertThat(consumer.status().stored()).isZero();
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.ledger.awaitCheckpointDue(0, true)).isTrue();
    }

    @Test
    void itsIntentIsOnDiskFirst() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThat(rig.ledger.checkpoint(true)).isEqualTo(2);
        assertThat(rig.stored().cleared()).isEqualTo(2);
        assertThat(rig.stored().consumers().get("a").position()).isEqualTo(2);
    }

    @Test
    void aHoleHoldsItUntilItsTimeIsOver() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2, 4);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThat(rig.ledger.gaps()).isEmpty();
        assertThat(rig.clear()).isEqualTo(2);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.ledger.gaps()).containsExactly("[3, 4)");
        assertThat(rig.clear()).isEqualTo(4);
        rig.read(3);
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).containsExactly(3L);
        assertThat(rig.ledger.status().late()).isEqualTo(1);
        assertThat(rig.clear()).isZero();
    }

    @Test
    void aGapThatStopsGoesOnHoldingIt() throws Exception {
        LedgerOptions o = LedgerRig.OPTIONS;
        rig.options = new LedgerOptions(
                o.reorderRecords(), o.reorderTime(), true, false, o.clearInterval(), 0, o.heartbeat());
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 3);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.ledger.gaps()).hasSize(1);
        assertThat(rig.clear()).isEqualTo(1);
        assertThat(rig.ledger.isComplete(false)).isFalse();
    }

    @Test
    void aRewindDoesNotLeapOverAnOpenHole() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2, 4);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        rig.join(LedgerRig.consumer("b").options());
        rig.rewind();
        assertThat(rig.ledger.resumeIndex()).isEqualTo(3);
        rig.read(3, 4);
        assertThat(LedgerRig.indexes(LedgerRig.takeAll(consumer))).startsWith(3L);
    }

    @Test
    void aStoppedConsumerHoldsItAtTheHole() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2, 4);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        consumer.stop();
        assertThat(rig.clear()).isEqualTo(2);
    }

    @Test
    void withoutAPositionItWaitsForTheFirstEndOfTheStream() throws Exception {
        rig.mark = OptionalLong.empty();
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1, 2, 3);
        var records = LedgerRig.takeAll(consumer);
        LedgerRig.succeed(records.subList(0, 2));
        assertThat(rig.clear()).isZero();
        rig.ledger.endOfStream(false);
        assertThat(rig.clear()).isZero();
        assertThat(rig.stored().clearFloor()).isEqualTo(3);
        LedgerRig.succeed(records.subList(2, 3));
        assertThat(rig.clear()).isEqualTo(3);
    }

    @Test
    void theMarkThatAnOperatorGaveIsAFloor() throws Exception {
        rig.mark = OptionalLong.empty();
        ConsumerLedger consumer =
                rig.single(LedgerRig.consumer("a").start(StartFrom.parse("41")).options());
        assertThat(rig.ledger.resumeIndex()).isEqualTo(42);
        assertThat(rig.clear()).isZero();
        rig.read(42);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThat(rig.clear()).isEqualTo(42);
    }

    @Test
    void marksAloneWaitForAnotherRecord() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThat(rig.clear()).isEqualTo(1);
        rig.ledger.add(LedgerRig.block(RecordType.MARK, 2));
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThat(rig.clear()).isZero();
        rig.read(3);
        assertThat(rig.clear()).isEqualTo(2);
    }

    @Test
    void theHeartbeatRepeatsTheLastOneAndNothingBeforeTheFirst() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.ledger.add(LedgerRig.block(RecordType.MARK, 1));
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        rig.pass(Duration.ofHours(2));
        assertThat(rig.clear()).isZero();
        rig.read(2);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThat(rig.clear()).isEqualTo(2);
        assertThat(rig.clear()).isZero();
        rig.pass(Duration.ofHours(1));
        assertThat(rig.ledger.awaitCheckpointDue(0, true)).isTrue();
        assertThat(rig.clear()).isEqualTo(2);
        assertThat(rig.ledger.awaitCheckpointDue(0, true)).isFalse();
    }

    @Test
    void oneThatFailedIsDueAgainAlthoughNothingElseHasChanged() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThat(rig.ledger.checkpoint(true)).isEqualTo(1);
        rig.ledger.clearFailed();
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.ledger.checkpoint(false)).isZero();
        assertThat(rig.ledger.awaitCheckpointDue(0, false)).isFalse();
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.ledger.awaitCheckpointDue(0, true)).isTrue();
        assertThat(rig.clear()).isEqualTo(1);
    }

    @Test
    void withoutAUserThereIsNone() throws Exception {
        rig.user = "";
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").options());
        rig.read(1);
        LedgerRig.succeed(LedgerRig.takeAll(consumer));
        assertThat(rig.clear()).isZero();
        assertThat(rig.stored().consumers().get("a").position()).isEqualTo(1);
    }

    @Test
    void anAbsentConsumerHoldsItUnlessItIsDropped() throws Exception {
        ConsumerLedger a = rig.single(LedgerRig.consumer("a").options());
        rig.join(LedgerRig.consumer("gone").options());
        rig.rewind();
        rig.read(1, 2);
        LedgerRig.succeed(LedgerRig.takeAll(a));
        rig.clear();
        rig.open();
        rig.join(LedgerRig.consumer("a").options());
        rig.ledger.settleAbsent();
        rig.rewind();
        assertThat(rig.clear()).isZero();
        LedgerOptions o = LedgerRig.OPTIONS;
        rig.options = new LedgerOptions(
                o.reorderRecords(), o.reorderTime(), false, true, o.clearInterval(), 0, o.heartbeat());
        rig.open();
        rig.join(LedgerRig.consumer("a").options());
        rig.ledger.settleAbsent();
        rig.rewind();
        assertThat(rig.clear()).isEqualTo(2);
    }
}

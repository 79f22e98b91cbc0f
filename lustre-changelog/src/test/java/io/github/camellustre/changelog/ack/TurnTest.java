// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is handed over waits for what was handed over before, and goes no further if that has failed. */
class TurnTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LedgerRig rig = new LedgerRig();
    private final ExecutorService route = Executors.newCachedThreadPool();
    private volatile Thread waiter;

    @AfterEach
    void end() {
        route.shutdownNow();
    }

    @Test
    void goesOnWhenAllBeforeItIsAcknowledged() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").batches(2).options());
        rig.read(1, 2, 3, 4, 5, 6);
        List<LedgerRig.Delivered> batches = LedgerRig.takeAll(consumer);
        assertThat(awaitTurn(batches.get(0), TurnTest::noGroups)).isTrue();
        Future<Boolean> third = waits(batches.get(2));
        batches.get(0).token().release();
        assertThat(third).as("the second is on its way").isNotDone();
        batches.get(1).token().release();
        assertThat(third).succeedsWithin(PATIENCE).isEqualTo(true);
        batches.get(2).token().release();
        assertThat(rig.clear()).isEqualTo(6);
    }

    /** Behind a route that acknowledges by itself. */
    @Test
    void theEndOfARouteIsNoAcknowledgement() throws Exception {
        ConsumerLedger consumer = rig.single(
                LedgerRig.consumer("a").ack(AckMode.MANUAL).batches(2).options());
        rig.read(1, 2, 3, 4);
        List<LedgerRig.Delivered> batches = LedgerRig.takeAll(consumer);
        batches.get(0).token().release();
        Future<Boolean> second = waits(batches.get(1));
        batches.get(0).token().acknowledge();
        assertThat(second).succeedsWithin(PATIENCE).isEqualTo(true);
    }

    @Test
    void whatIsBehindAFailureComesAgainAndHasNeitherFailedNorSucceeded() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").batches(2).options());
        rig.read(1, 2, 3, 4, 5, 6);
        List<LedgerRig.Delivered> batches = LedgerRig.takeAll(consumer);
        Future<Boolean> second = waits(batches.get(1));
        List<Throwable> told = new ArrayList<>();
        batches.get(1).token().whenDone(told::add);
        LedgerRig.fail(batches.get(0));
        assertThat(second).succeedsWithin(PATIENCE).isEqualTo(false);
        assertThat(awaitTurn(batches.get(2), TurnTest::noGroups))
                .as("it came later than the failure")
                .isFalse();
        batches.get(1).token().release();
        assertThat(told)
                .as("keys of what was not delivered")
                .doesNotContainNull()
                .hasSize(1);
        LedgerRig.fail(batches.get(2));
        assertThat(consumer.status().position()).isZero();
        assertThat(consumer.status().failed()).isEqualTo(1);
        rig.pass(Duration.ofSeconds(1));
        List<LedgerRig.Delivered> again = LedgerRig.takeAll(consumer);
        assertThat(LedgerRig.indexes(again)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(awaitTurn(again.get(0), TurnTest::noGroups)).isTrue();
        LedgerRig.succeed(again);
        assertThat(rig.clear()).isEqualTo(6);
    }

    @Test
    void waitingUsesUpNoRedelivery() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a")
                .batches(1)
                .redeliveries(1, OnExhausted.DEAD_LETTER)
                .options());
        rig.read(1, 2);
        for (int times = 0; times < 2; times++) {
            List<LedgerRig.Delivered> both = LedgerRig.takeAll(consumer);
            LedgerRig.fail(both.get(0));
            assertThat(awaitTurn(both.get(1), TurnTest::noGroups)).isFalse();
            LedgerRig.fail(both.get(1));
            rig.pass(Duration.ofMinutes(1));
        }
        Handout dead = consumer.take(0);
        assertThat(dead.exhaustedBy()).isNotNull();
        assertThat(dead.batch()).extracting(record -> record.index()).containsExactly(1L);
        dead.batchToken().release();
        Handout next = consumer.take(0);
        assertThat(next.exhaustedBy()).isNull();
        next.batchToken().release();
        assertThat(rig.clear()).isEqualTo(2);
    }

    /** It may go on before all is back, and nothing would bring the second one again. */
    @Test
    void whatASuspendedConsumerHasStillGoesOn() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").batches(2).options());
        rig.read(1, 2, 3, 4);
        List<LedgerRig.Delivered> batches = LedgerRig.takeAll(consumer);
        Future<Boolean> second = waits(batches.get(1));
        consumer.suspend();
        batches.get(0).token().release();
        assertThat(second).succeedsWithin(PATIENCE).isEqualTo(true);
        consumer.resume();
        batches.get(1).token().release();
        assertThat(rig.clear()).isEqualTo(4);
    }

    @Test
    void aConsumerThatLeavesWaitsForNobody() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").batches(2).options());
        rig.read(1, 2, 3, 4);
        List<LedgerRig.Delivered> batches = LedgerRig.takeAll(consumer);
        Future<Boolean> second = waits(batches.get(1));
        consumer.stop();
        assertThat(second).succeedsWithin(PATIENCE).isEqualTo(false);
    }

    @Test
    void groupsThatHoldWhatIsBeforeAreCompleted() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").batches(2).options());
        rig.read(1, 2, 3, 4);
        List<LedgerRig.Delivered> batches = LedgerRig.takeAll(consumer);
        Token first = batches.get(0).token();
        first.retainInGroup();
        first.release();
        assertThat(awaitTurn(batches.get(1), first::releaseFromGroup)).isTrue();
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() throws Exception {
        ConsumerLedger consumer = rig.single(LedgerRig.consumer("a").batches(2).options());
        rig.read(1, 2, 3, 4);
        Future<Boolean> second = waits(LedgerRig.takeAll(consumer).get(1));
        waiter.interrupt();
        assertThatThrownBy(second::get).hasCauseInstanceOf(InterruptedException.class);
    }

    private boolean awaitTurn(LedgerRig.Delivered delivered, Runnable groups) throws Exception {
        return route.submit(() -> delivered.token().awaitTurn(groups)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void noGroups() {
        throw new AssertionError("no group holds it");
    }

    /** In a thread of its own, and by now. */
    private Future<Boolean> waits(LedgerRig.Delivered delivered) {
        Future<Boolean> turn = route.submit(() -> {
            waiter = Thread.currentThread();
            return delivered.token().awaitTurn(TurnTest::noGroups);
        });
        await().until(() -> waiter != null && waiter.getState() == Thread.State.TIMED_WAITING);
        assertThat(turn).isNotDone();
        return turn;
    }
}

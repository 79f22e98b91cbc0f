// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/**
 * One random life of a ledger: everything that can happen to it happens in some order that the seed decides, and after each
 * clear and each crash the model is asked whether that was right. At the end all must be acknowledged and cleared.
 */
final class LedgerLife {
    private static final int RECORDS = 120;
    private static final int STEPS = 250;
    private static final int IN_FLIGHT = 20;

    private final Random random;
    private final boolean untidy;
    /** What is handed over waits for its turn before it succeeds. */
    private final boolean inTurn;

    private final LedgerRig rig = new LedgerRig();
    private final ModelMdt mdt;
    private final ModelDisk disk;
    private final List<ModelConsumer> consumers = new ArrayList<>();
    /** A clear that was sent and not answered yet; 0 for none. */
    private long underWay;
    /** The MDT has said EINVAL or ENOENT: nothing is cleared until a restart. */
    private boolean refused;

    private int deliveries;
    /** How often in a row somebody who was asked had to wait for its turn. */
    private int waits;

    LedgerLife(long seed, boolean untidy) {
        this(seed, untidy, false);
    }

    LedgerLife(long seed, boolean untidy, boolean inTurn) {
        this.random = new Random(seed);
        this.untidy = untidy;
        this.inTurn = inTurn;
        this.mdt = new ModelMdt(random, RECORDS, untidy);
        this.disk = new ModelDisk(random);
        rig.repository = disk;
        rig.options = new LedgerOptions(
                16,
                Duration.ofSeconds(5),
                false,
                false,
                Duration.ofSeconds(1),
                random.nextInt(2) * 5,
                Duration.ofSeconds(20));
        rig.mark = random.nextBoolean() ? OptionalLong.of(0) : OptionalLong.empty();
        add(LedgerRig.consumer("batches").batches(6));
        add(LedgerRig.consumer("missing").missing().types(RecordType.CREAT));
        add(LedgerRig.consumer("manual").ack(AckMode.MANUAL));
    }

    private void add(LedgerRig.Consumer consumer) {
        consumers.add(new ModelConsumer(consumer.inFlight(IN_FLIGHT).options()));
    }

    void run() throws Exception {
        start();
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        finish();
    }

    private void start() throws Exception {
        refused = false;
        rig.open();
        for (ModelConsumer consumer : consumers) {
            if (random.nextInt(5) > 0) {
                join(consumer);
            }
        }
    }

    private void join(ModelConsumer consumer) {
        boolean first = !consumer.known;
        boolean alone = consumers.stream().noneMatch(other -> other.known);
        consumer.ledger = rig.join(consumer.options);
        consumer.joined = true;
        consumer.known = true;
        if (first) {
            long start = consumer.ledger.status().position();
            assertThat(alone ? start : 0).as("start of the very first").isZero();
            mdt.log().stream().filter(index -> index <= start).forEach(consumer.acknowledged::add);
        }
    }

    private void step() throws Exception {
        ModelConsumer consumer = consumers.get(random.nextInt(consumers.size()));
        switch (random.nextInt(28)) {
            case 0, 1, 2, 3, 4 -> read(false);
            case 5, 6, 7, 8, 9, 10 -> take(consumer);
            case 11, 12, 13, 14, 15, 16 -> settle(consumer, true);
            case 17, 18 -> settle(consumer, random.nextInt(3) > 0);
            case 19, 20 -> checkpoint();
            case 21 -> answer();
            case 22 -> rig.pass(Duration.ofMillis(random.nextInt(3_000)));
            case 23 -> {
                rig.ledger.gaps();
                checkAnswers(consumer);
            }
            case 24 -> comeOrGo(consumer);
            case 25 -> late(consumer);
            case 26 -> {
                if (random.nextInt(6) == 0) {
                    stopAndStart();
                }
            }
            default -> {
                if (random.nextInt(6) == 0) {
                    crash();
                }
            }
        }
    }

    // ---- reading and handing over

    private void read(boolean toTheEnd) throws Exception {
        if (rig.ledger.isRewinding()) {
            if (!rig.ledger.rewind(0)) {
                return;
            }
            mdt.open(rig.ledger.resumeIndex());
        }
        if (!rig.ledger.awaitSpace(0)) {
            return;
        }
        RecordBlock block = mdt.read();
        if (block.isEmpty()) {
            rig.ledger.endOfStream(toTheEnd);
        } else {
            rig.ledger.add(block);
        }
    }

    private void take(ModelConsumer consumer) throws Exception {
        Handout handout = consumer.joined ? consumer.ledger.take(0) : null;
        if (handout == null) {
            return;
        }
        if (consumer.options.batching()) {
            List<Long> indexes = new ArrayList<>();
            handout.batch().forEach(record -> indexes.add(record.index()));
            handed(consumer, indexes, handout.batchToken());
            return;
        }
        int most = random.nextInt(4) > 0 ? handout.count() : random.nextInt(handout.count());
        for (int i = 0; i < most; i++) {
            handed(consumer, List.of(handout.record(i).index()), handout.token(i));
        }
        if (most < handout.count()) {
            handout.giveBack(most);
        }
    }

    private void handed(ModelConsumer consumer, List<Long> indexes, Token token) {
        for (long index : indexes) {
            assertThat(consumer.isLive(index))
                    .as("two live tokens for %d", index)
                    .isFalse();
            assertThat(consumer.wants(index)).isTrue();
            consumer.delivered.add(index);
            consumer.lastDelivery.put(index, deliveries++);
        }
        consumer.live.add(new LedgerRig.Delivered(indexes, token));
    }

    // ---- completion

    private void settle(ModelConsumer consumer, boolean success) {
        if (consumer.live.isEmpty()) {
            return;
        }
        LedgerRig.Delivered one = consumer.live.get(random.nextInt(consumer.live.size()));
        if (inTurn && success && !hasTurn(consumer, one)) {
            return;
        }
        consumer.live.remove(one);
        if (success) {
            succeed(consumer, one);
        } else {
            consumer.owesRepeats = true;
            LedgerRig.fail(one);
        }
    }

    /** False as well if it has to wait. One that has lost its turn ends as if all were well, and is none of those that count. */
    private boolean hasTurn(ModelConsumer consumer, LedgerRig.Delivered one) {
        try {
            // so that it does not wait
            Thread.currentThread().interrupt();
            boolean goesOn = one.token().awaitTurn(() -> {});
            waits = 0;
            if (goesOn) {
                assertThat(consumer.acknowledged)
                        .as("before %s", one.indexes())
                        .containsAll(wanted(consumer, 0, one.token().firstIndex() - 1));
                return true;
            }
            consumer.live.remove(one);
            consumer.owesRepeats = true;
            one.token().release();
        } catch (InterruptedException e) {
            assertThat(++waits).as("somebody has its turn").isLessThan(1_000);
        } finally {
            Thread.interrupted();
        }
        return false;
    }

    private static void succeed(ModelConsumer consumer, LedgerRig.Delivered one) {
        consumer.acknowledged.addAll(one.indexes());
        if (consumer.options.ack() == AckMode.MANUAL) {
            one.token().acknowledge();
        }
        one.token().release();
        if (consumer.ledger.status().position() >= Collections.max(consumer.delivered)) {
            consumer.owesRepeats = false;
        }
    }

    private void late(ModelConsumer consumer) {
        if (consumer.revoked.isEmpty()) {
            return;
        }
        LedgerRig.Delivered one = consumer.revoked.remove(random.nextInt(consumer.revoked.size()));
        if (random.nextBoolean()) {
            consumer.lateSuccess = true;
            succeed(consumer, one);
        } else {
            LedgerRig.fail(one);
        }
    }

    private void comeOrGo(ModelConsumer consumer) {
        if (!consumer.joined) {
            join(consumer);
        } else if (random.nextBoolean()) {
            consumer.ledger.stop();
            consumer.left();
        } else if (random.nextBoolean()) {
            consumer.ledger.suspend();
        } else {
            consumer.ledger.resume();
        }
    }

    // ---- checkpoints and clears

    private void checkpoint() throws Exception {
        boolean possible = underWay == 0 && !refused && random.nextInt(4) > 0;
        disk.next = switch (random.nextInt(24)) {
            case 0, 1, 2 -> ModelDisk.Fate.REFUSED;
            case 3 -> ModelDisk.Fate.KILLED_BEFORE_RENAME;
            case 4 -> ModelDisk.Fate.KILLED_AFTER_RENAME;
            default -> ModelDisk.Fate.DONE;
        };
        try {
            long target = rig.ledger.checkpoint(possible);
            if (target > 0) {
                judge(target);
                underWay = target;
            }
            assertThat(target == 0 || possible).isTrue();
        } catch (AckRepositoryException e) {
            assertThat(e).hasMessage("disk is full");
        } catch (ModelDisk.Killed e) {
            crash();
        }
    }

    /** The MDT answers, or does not, what was sent to it. */
    private void answer() {
        if (underWay == 0) {
            return;
        }
        boolean arrives = random.nextInt(4) > 0;
        if (arrives) {
            mdt.clear(underWay);
        }
        if (arrives && random.nextInt(4) > 0) {
            rig.ledger.cleared(underWay);
        } else {
            refused = !arrives && random.nextInt(3) == 0;
            rig.ledger.clearFailed();
        }
        underWay = 0;
    }

    /** Nothing may be cleared that somebody known has not acknowledged, and the disk must know before the MDT does. */
    private void judge(long target) throws Exception {
        LedgerState stored = rig.stored();
        assertThat(stored.cleared()).as("intent on disk").isGreaterThanOrEqualTo(target);
        for (ModelConsumer consumer : consumers) {
            if (consumer.known) {
                assertThat(consumer.acknowledged)
                        .as("cleared to %d for %s", target, consumer.name())
                        .containsAll(wanted(consumer, 0, target));
                assertThat(stored.consumers()).containsKey(consumer.name());
                assertThat(stored.consumers().get(consumer.name()).position()).isGreaterThanOrEqualTo(target);
            }
        }
    }

    /** What is said to be acknowledged is, and all that is cleared is said to be. */
    private void checkAnswers(ModelConsumer consumer) {
        for (long index : mdt.log()) {
            boolean acknowledged = rig.ledger.isAcknowledged(consumer.name(), index);
            if (consumer.wants(index) && !consumer.acknowledged.contains(index)) {
                assertThat(acknowledged).as("%s, %d", consumer.name(), index).isFalse();
            }
            if (consumer.known && index <= mdt.cleared()) {
                assertThat(acknowledged).as("%s, %d", consumer.name(), index).isTrue();
            }
        }
    }

    private List<Long> wanted(ModelConsumer consumer, long above, long upTo) {
        return mdt.log().stream()
                .filter(index -> index > above && index <= upTo && consumer.wants(index))
                .toList();
    }

    // ---- restarts

    private void stopAndStart() throws Exception {
        for (ModelConsumer consumer : consumers) {
            if (consumer.joined) {
                consumer.ledger.suspend();
            }
            while (!consumer.live.isEmpty()) {
                settle(consumer, true);
            }
        }
        rig.ledger.checkpoint(false);
        for (ModelConsumer consumer : consumers) {
            if (!untidy && consumer.joined && !consumer.owesRepeats) {
                assertThat(repeatedAfterARestart(consumer))
                        .as("repeats after a clean stop")
                        .isZero();
            }
        }
        crash();
    }

    private void crash() throws Exception {
        if (underWay > 0 && random.nextBoolean()) {
            mdt.clear(underWay);
        }
        underWay = 0;
        rig.ledger.close();
        assertThat(rig.memory.usedBytes()).isZero();
        for (ModelConsumer consumer : consumers) {
            if (!untidy) {
                assertThat(repeatedAfterARestart(consumer)).as("repeats").isLessThanOrEqualTo(IN_FLIGHT);
            }
            LedgerState.ConsumerState stored = stored(consumer);
            consumer.known = stored != null;
            for (int i = 0; stored != null && i < stored.ranges().length; i += 2) {
                assertThat(consumer.acknowledged)
                        .as("ranges on disk")
                        .containsAll(wanted(consumer, stored.ranges()[i] - 1, stored.ranges()[i + 1]));
            }
            consumer.died();
        }
        if (rig.mark.isPresent()) {
            rig.mark = OptionalLong.of(mdt.cleared());
        }
        start();
    }

    private long repeatedAfterARestart(ModelConsumer consumer) throws Exception {
        LedgerState.ConsumerState stored = stored(consumer);
        long position = stored == null ? 0 : stored.position();
        return consumer.delivered.stream().filter(index -> index > position).count();
    }

    private LedgerState.ConsumerState stored(ModelConsumer consumer) throws Exception {
        return disk.load(LedgerRig.KEY)
                .map(state -> state.consumers().get(consumer.name()))
                .orElse(null);
    }

    // ---- the end

    private void finish() throws Exception {
        answer();
        if (refused) {
            crash();
        }
        for (ModelConsumer consumer : consumers) {
            if (!consumer.joined) {
                join(consumer);
            }
            consumer.ledger.resume();
        }
        for (int i = 0; i < 5_000 && !rig.ledger.isComplete(false); i++) {
            for (ModelConsumer consumer : consumers) {
                take(consumer);
                while (!consumer.live.isEmpty() && (i % 3 > 0 || random.nextBoolean())) {
                    settle(consumer, true);
                }
            }
            rig.ledger.gaps();
            read(true);
            if (rig.ledger.awaitCheckpointDue(0, true)) {
                long target = rig.ledger.checkpoint(true);
                if (target > 0) {
                    judge(target);
                    mdt.clear(target);
                    rig.ledger.cleared(target);
                }
            }
            rig.pass(Duration.ofMillis(300));
        }
        assertThat(rig.ledger.isComplete(false)).as("complete").isTrue();
        assertThat(mdt.cleared()).isEqualTo(mdt.newest());
        consumers.forEach(this::checkEnd);
        rig.ledger.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    private void checkEnd(ModelConsumer consumer) {
        assertThat(consumer.acknowledged).containsAll(wanted(consumer, 0, mdt.newest()));
        assertThat(consumer.ledger.outstanding()).isZero();
        if (!untidy && !consumer.lateSuccess && consumer.options.redelivery() == Redelivery.ORDERED) {
            assertThat(mdt.log().stream()
                            .filter(consumer.lastDelivery::containsKey)
                            .map(consumer.lastDelivery::get))
                    .as("last deliveries in order")
                    .isSorted();
        }
    }
}

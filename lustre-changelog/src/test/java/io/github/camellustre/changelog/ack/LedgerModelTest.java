// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random lives of a ledger against a model that knows nothing but sets of indexes. */
class LedgerModelTest {
    private static final int RECORDS = 120;
    private static final int STEPS = 250;
    private static final int IN_FLIGHT = 20;

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void anOrderlyLog(@ForAll long seed) throws Exception {
        new Life(seed, false).run();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void aLogWithHolesRepeatsAndRecordsOutOfOrder(@ForAll long seed) throws Exception {
        new Life(seed, true).run();
    }

    /** A consumer as the model sees it. */
    private static final class Reader {
        final ConsumerOptions options;
        final Set<Long> acknowledged = new HashSet<>();
        final Set<Long> delivered = new HashSet<>();
        final Map<Long, Integer> lastDelivery = new TreeMap<>();
        final List<LedgerRig.Delivered> live = new ArrayList<>();
        final List<LedgerRig.Delivered> revoked = new ArrayList<>();
        ConsumerLedger ledger;
        boolean joined;
        boolean everSeen;
        /** A late success may leave a record in front of one that repeats: that is what was promised. */
        boolean lateSuccess;

        Reader(ConsumerOptions options) {
            this.options = options;
        }

        Set<Long> liveIndexes() {
            Set<Long> all = new HashSet<>();
            live.forEach(one -> all.addAll(one.indexes()));
            return all;
        }
    }

    private static final class Life {
        private final Random random;
        private final boolean untidy;
        private final LedgerRig rig = new LedgerRig();
        private final List<Long> log = new ArrayList<>();
        private final List<Reader> readers = new ArrayList<>();
        private long deviceCleared;
        private long sentMost;
        private long readMost;
        private long cursor;
        private int time;
        private boolean saveFails;

        Life(long seed, boolean untidy) {
            this.random = new Random(seed);
            this.untidy = untidy;
        }

        void run() throws Exception {
            for (long index = 1; index <= RECORDS; index++) {
                if (!untidy || random.nextInt(12) > 0) {
                    log.add(index);
                }
            }
            AckRepository kept = new MemoryAckRepository();
            rig.repository = new AckRepository() {
                @Override
                public Optional<LedgerState> load(LedgerKey key) throws AckRepositoryException {
                    return kept.load(key);
                }

                @Override
                public void save(LedgerState state) throws AckRepositoryException {
                    if (saveFails) {
                        throw new AckRepositoryException("disk is full", null);
                    }
                    kept.save(state);
                }

                @Override
                public void close() {
                    kept.close();
                }
            };
            rig.options = new LedgerOptions(
                    16,
                    Duration.ofSeconds(5),
                    false,
                    false,
                    Duration.ofSeconds(1),
                    random.nextInt(2) * 5,
                    Duration.ofSeconds(20));
            rig.mark = random.nextBoolean() ? OptionalLong.of(0) : OptionalLong.empty();
            readers.add(new Reader(
                    LedgerRig.consumer("a").batches(6).inFlight(IN_FLIGHT).options()));
            readers.add(new Reader(LedgerRig.consumer("b")
                    .missing()
                    .types(RecordType.CREAT)
                    .inFlight(IN_FLIGHT)
                    .options()));
            open();
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            finish();
        }

        private void open() throws Exception {
            rig.open();
            for (Reader reader : readers) {
                if (random.nextInt(5) > 0) {
                    join(reader);
                }
            }
        }

        private void join(Reader reader) {
            if (!reader.everSeen) {
                long shared = readers.stream().anyMatch(other -> other.everSeen) ? -1 : 0;
                reader.everSeen = true;
                reader.ledger = rig.join(reader.options);
                long start = reader.ledger.status().position();
                assertThat(start == 0 || shared == -1).isTrue();
                log.stream().filter(index -> index <= start).forEach(reader.acknowledged::add);
            } else {
                reader.ledger = rig.join(reader.options);
            }
            reader.joined = true;
        }

        private void step() throws Exception {
            Reader reader = readers.get(random.nextInt(readers.size()));
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3, 4 -> read(false);
                case 5, 6, 7, 8, 9 -> take(reader);
                case 10, 11, 12, 13, 14 -> settle(reader, true);
                case 15, 16 -> settle(reader, random.nextInt(3) > 0);
                case 17, 18 -> checkpoint();
                case 19 -> rig.pass(Duration.ofMillis(random.nextInt(3_000)));
                case 20 -> rig.ledger.gaps();
                case 21 -> comeOrGo(reader);
                case 22 -> late(reader);
                default -> {
                    if (random.nextInt(6) == 0) {
                        crash();
                    }
                }
            }
        }

        private void read(boolean toTheEnd) throws Exception {
            if (rig.ledger.isRewinding()) {
                if (!rig.ledger.rewind(0)) {
                    return;
                }
                cursor = rig.ledger.resumeIndex();
            }
            if (!rig.ledger.awaitSpace(0)) {
                return;
            }
            List<Long> rest = log.stream()
                    .filter(index -> index >= cursor && index > deviceCleared)
                    .toList();
            if (rest.isEmpty()) {
                rig.ledger.endOfStream(toTheEnd);
                return;
            }
            List<Long> now = new ArrayList<>(rest.subList(0, Math.min(rest.size(), 1 + random.nextInt(8))));
            boolean beginning = cursor <= 1;
            cursor = now.get(now.size() - 1) + 1;
            if (untidy) {
                if (!beginning && random.nextInt(4) == 0 && now.size() > 1) {
                    int at = random.nextInt(now.size() - 1);
                    java.util.Collections.swap(now, at, at + 1);
                }
                if (random.nextInt(6) == 0) {
                    now.add(now.get(0));
                }
            }
            now.forEach(index -> readMost = Math.max(readMost, index));
            rig.ledger.add(blockOf(now));
        }

        private static RecordBlock blockOf(List<Long> indexes) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            indexes.forEach(index -> bytes.writeBytes(LedgerRig.record(type(index), index)));
            return RecordBlock.frame(LedgerRig.MDT, bytes.toByteArray());
        }

        private static RecordType type(long index) {
            return index % 4 == 0 ? RecordType.UNLNK : RecordType.CREAT;
        }

        private static boolean wants(Reader reader, long index) {
            return reader.options.wants(type(index).number());
        }

        private void take(Reader reader) throws Exception {
            if (!reader.joined) {
                return;
            }
            Handout handout = reader.ledger.take(0);
            if (handout == null) {
                return;
            }
            if (reader.options.batching()) {
                List<Long> indexes = new ArrayList<>();
                handout.batch().forEach(record -> indexes.add(record.index()));
                handed(reader, indexes, handout.batchToken());
                return;
            }
            int most = random.nextInt(4) > 0 ? handout.count() : random.nextInt(handout.count());
            for (int i = 0; i < most; i++) {
                handed(reader, List.of(handout.record(i).index()), handout.token(i));
            }
            if (most < handout.count()) {
                handout.giveBack(most);
            }
        }

        private void handed(Reader reader, List<Long> indexes, Token token) {
            Set<Long> live = reader.liveIndexes();
            for (long index : indexes) {
                assertThat(live).as("two live tokens").doesNotContain(index);
                assertThat(wants(reader, index)).isTrue();
                reader.delivered.add(index);
                reader.lastDelivery.put(index, time++);
            }
            reader.live.add(new LedgerRig.Delivered(indexes, token));
        }

        private void settle(Reader reader, boolean success) {
            if (reader.live.isEmpty()) {
                return;
            }
            LedgerRig.Delivered one = reader.live.remove(random.nextInt(reader.live.size()));
            if (success) {
                reader.acknowledged.addAll(one.indexes());
                one.token().release();
            } else {
                LedgerRig.fail(one);
            }
        }

        private void late(Reader reader) {
            if (!reader.revoked.isEmpty()) {
                LedgerRig.Delivered one = reader.revoked.remove(random.nextInt(reader.revoked.size()));
                if (random.nextBoolean()) {
                    reader.lateSuccess = true;
                    reader.acknowledged.addAll(one.indexes());
                    one.token().release();
                } else {
                    LedgerRig.fail(one);
                }
            }
        }

        private void comeOrGo(Reader reader) {
            if (!reader.joined) {
                join(reader);
            } else if (random.nextBoolean()) {
                reader.ledger.stop();
                reader.revoked.addAll(reader.live);
                reader.live.clear();
                reader.joined = false;
            } else if (random.nextBoolean()) {
                reader.ledger.suspend();
            } else {
                reader.ledger.resume();
            }
        }

        private void checkpoint() throws Exception {
            saveFails = random.nextInt(8) == 0;
            boolean possible = random.nextInt(4) > 0;
            long target = 0;
            try {
                target = rig.ledger.checkpoint(possible);
            } catch (AckRepositoryException e) {
                assertThat(saveFails).isTrue();
            }
            if (!possible || saveFails) {
                assertThat(target).isZero();
            }
            saveFails = false;
            if (target != 0) {
                judge(target);
                assertThat(rig.stored().cleared()).as("intent on disk").isGreaterThanOrEqualTo(target);
                if (random.nextInt(5) == 0) {
                    rig.ledger.clearFailed();
                } else {
                    deviceCleared = target;
                    rig.ledger.cleared(target);
                }
            }
        }

        private void judge(long target) {
            assertThat(target).isPositive().isLessThanOrEqualTo(readMost).isGreaterThanOrEqualTo(sentMost);
            sentMost = target;
            for (Reader reader : readers) {
                if (reader.everSeen) {
                    for (long index : log) {
                        if (index <= target && wants(reader, index)) {
                            assertThat(reader.acknowledged)
                                    .as("cleared to %d for %s", target, reader.options.name())
                                    .contains(index);
                        }
                    }
                }
            }
        }

        private void crash() throws Exception {
            Optional<LedgerState> state = rig.repository.load(LedgerRig.KEY);
            rig.ledger.close();
            assertThat(rig.memory.usedBytes()).isZero();
            for (Reader reader : readers) {
                LedgerState.ConsumerState stored =
                        state.map(s -> s.consumers().get(reader.options.name())).orElse(null);
                long position = stored == null ? 0 : stored.position();
                if (!untidy) {
                    assertThat(reader.delivered.stream()
                                    .filter(index -> index > position)
                                    .count())
                            .as("delivered above the position on disk")
                            .isLessThanOrEqualTo(IN_FLIGHT);
                }
                if (stored != null) {
                    for (int i = 0; i < stored.ranges().length; i += 2) {
                        for (long index = stored.ranges()[i]; index <= stored.ranges()[i + 1]; index++) {
                            if (wants(reader, index)) {
                                assertThat(reader.acknowledged).contains(index);
                            }
                        }
                    }
                } else if (reader.everSeen) {
                    reader.everSeen = false;
                }
                reader.live.clear();
                reader.revoked.clear();
                reader.joined = false;
            }
            if (rig.mark.isPresent()) {
                rig.mark = OptionalLong.of(deviceCleared);
            }
            open();
        }

        private void finish() throws Exception {
            for (Reader reader : readers) {
                if (!reader.joined) {
                    join(reader);
                }
                reader.ledger.resume();
            }
            for (int i = 0; i < 5_000 && !rig.ledger.isComplete(false); i++) {
                for (Reader reader : readers) {
                    take(reader);
                    while (!reader.live.isEmpty() && (i % 3 > 0 || random.nextBoolean())) {
                        settle(reader, true);
                    }
                }
                rig.ledger.gaps();
                read(true);
                if (rig.ledger.awaitCheckpointDue(0, true)) {
                    long target = rig.ledger.checkpoint(true);
                    if (target > 0) {
                        judge(target);
                        deviceCleared = target;
                        rig.ledger.cleared(target);
                    }
                }
                rig.pass(Duration.ofMillis(300));
            }
            assertThat(rig.ledger.isComplete(false)).as("complete").isTrue();
            assertThat(deviceCleared).isEqualTo(log.get(log.size() - 1));
            for (Reader reader : readers) {
                List<Long> wanted =
                        log.stream().filter(index -> wants(reader, index)).toList();
                assertThat(reader.acknowledged).containsAll(wanted);
                assertThat(reader.ledger.outstanding()).isZero();
                if (!untidy && !reader.lateSuccess && reader.options.redelivery() == Redelivery.ORDERED) {
                    int[] times = reader.lastDelivery.values().stream()
                            .mapToInt(Integer::intValue)
                            .toArray();
                    int[] sorted = times.clone();
                    Arrays.sort(sorted);
                    assertThat(times).as("last deliveries in order").isEqualTo(sorted);
                }
            }
            rig.ledger.close();
            assertThat(rig.memory.usedBytes()).isZero();
        }
    }
}

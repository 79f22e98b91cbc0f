// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.filter.RecordFilter;
import io.github.camellustre.component.lcap.group.GroupRig.Offer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One random life of a group that shares its records, beside its model. */
final class GroupLife {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final RecordFilter CREATS = RecordFilter.parse("type=CREAT");
    private static final RecordType[] TYPES = {
        RecordType.CREAT, RecordType.CREAT, RecordType.UNLNK, RecordType.RENME, RecordType.MARK
    };

    private final Random random;
    private final Order order;
    private final GroupModel model;
    private final SharedGroup group;
    private final boolean filterMayChange;
    private final List<ModelReader> gone = new ArrayList<>();
    private long now;
    private long index = 100;

    GroupLife(long seed, Order order) {
        this.random = new Random(seed);
        this.order = order;
        this.now = random.nextLong() >> 2;
        // what is kept back matched the filter once: the model cannot tell when it is looked at again
        this.filterMayChange = order == Order.NONE;
        SharingOptions options = new SharingOptions(
                order,
                random.nextInt(4) == 0 ? WhenEmpty.ACKNOWLEDGE : WhenEmpty.HOLD,
                holdLimit(),
                new BatchLimits(1, 64, 0));
        this.model = new GroupModel(options, now);
        this.group = new SharedGroup(options, model, now);
    }

    private HoldLimit holdLimit() {
        return switch (random.nextInt(3)) {
            case 0 -> HoldLimit.ofRecords(random.nextInt(40));
            case 1 -> HoldLimit.ofNanos(random.nextInt(100) * SECOND);
            default -> HoldLimit.NONE;
        };
    }

    void run() {
        int steps = 20 + random.nextInt(200);
        for (int step = 0; step < steps; step++) {
            step();
            group.tick(now);
            model.passed(now);
            check();
            answerThoseThatWait();
        }
        if (random.nextInt(4) == 0) {
            close();
        } else {
            drain();
        }
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 25) {
            offer();
        } else if (dice < 35) {
            join();
        } else if (dice < 60) {
            onReader(this::take);
        } else if (dice < 85) {
            onReader(this::clear);
        } else if (dice < 88) {
            onReader(this::setOption);
        } else if (dice < 91) {
            onReader(this::leave);
        } else {
            now += switch (random.nextInt(4)) {
                case 0 -> random.nextInt(5) * SECOND;
                case 1 -> random.nextInt(70) * SECOND;
                case 2 -> random.nextInt(2000) * SECOND;
                default -> 30 * SECOND;
            };
        }
    }

    private interface OnReader {
        void accept(ModelReader reader);
    }

    private void onReader(OnReader action) {
        if (random.nextInt(20) == 0 && !gone.isEmpty()) {
            action.accept(gone.get(random.nextInt(gone.size())));
        } else if (!model.readers.isEmpty()) {
            action.accept(model.readers.get(random.nextInt(model.readers.size())));
        }
    }

    private void offer() {
        int count = random.nextInt(12);
        List<ChangelogRecord> records = new ArrayList<>();
        List<Boolean> creats = new ArrayList<>();
        if (random.nextInt(8) == 0) {
            index = Math.max(1, index - random.nextInt(30));
        }
        for (int at = 0; at < count; at++) {
            index += random.nextInt(10) == 0 ? 5 : 1;
            RecordType type = TYPES[random.nextInt(TYPES.length)];
            creats.add(type.equals(RecordType.CREAT));
            records.add(record(type, model.records.size() + at));
        }
        Offer offer = new Offer(random.nextBoolean() ? ChangelogBatch.of(records) : blockOf(records));
        model.offered(offer, creats, now);
        group.offer(offer, now);
    }

    private ChangelogRecord record(RecordType type, int number) {
        RecordBuilder builder = new RecordBuilder(type).index(index).parent(new Fid(1, number, 0));
        Fid one = object();
        if (type.equals(RecordType.RENME)) {
            builder.rename(one, new Fid(2, 1, 0)).target(random.nextBoolean() ? object() : Fid.ZERO);
        } else if (!type.equals(RecordType.MARK)) {
            builder.target(random.nextInt(15) == 0 ? Fid.ZERO : one);
        }
        return builder.build(GroupRig.MDT);
    }

    private Fid object() {
        return new Fid(7, 1 + random.nextInt(6), 0);
    }

    private static ChangelogBatch blockOf(List<ChangelogRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        records.forEach(record -> bytes.writeBytes(record.toByteArray()));
        RecordBlock block = RecordBlock.frame(GroupRig.MDT, bytes.toByteArray());
        return ChangelogBatch.of(block, 0, block.count());
    }

    private void join() {
        if (model.readers.size() > 8) {
            return;
        }
        boolean longPoll = random.nextBoolean();
        long lease = (longPoll ? 30 : 600) * SECOND;
        ModelReader reader = new ModelReader(group.join(longPoll, lease, now), longPoll, lease, now);
        model.readers.add(reader);
        reader.mostRecords = 1 + random.nextInt(10);
        assertThat(group.setBatch(reader.reader, reader.mostRecords, now)).isEqualTo(ReaderGroup.OK);
        if (!filterMayChange) {
            setFilter(reader, CREATS);
        }
    }

    private void take(ModelReader reader) {
        if (reader.waits) {
            return;
        }
        boolean wasThere = model.readers.contains(reader);
        boolean may = model.mayAsk(reader, now);
        long filtered = group.counters().filtered();
        Answer answer = group.take(reader.reader, now);
        if (!may) {
            assertThat(answer.code()).isEqualTo(ReaderGroup.PROTOCOL);
            if (wasThere && reader.ended) {
                model.heardOfAnEnd();
                gone.add(reader);
            }
            return;
        }
        answered(reader, answer, filtered);
    }

    private void answered(ModelReader reader, Answer answer, long filtered) {
        if (answer != null && answer.batch() != null) {
            assertThat(answer.reader()).isSameAs(reader.reader);
            model.given(reader, answer, now, filtered, group.counters());
            return;
        }
        model.nothing(filtered, group.counters());
        if (reader.longPoll) {
            assertThat(answer).isNull();
            reader.waits = true;
            reader.waitsUntil = now + SECOND;
        } else {
            assertThat(answer.code()).isEqualTo(ReaderGroup.NOTHING);
        }
    }

    private void answerThoseThatWait() {
        while (true) {
            long filtered = group.counters().filtered();
            Answer answer = group.next(now);
            if (answer == null) {
                if (model.readers.stream().anyMatch(reader -> reader.waits)) {
                    model.nothing(filtered, group.counters());
                }
                check();
                return;
            }
            ModelReader reader = model.readers.stream()
                    .filter(each -> each.reader == answer.reader())
                    .findFirst()
                    .orElseThrow();
            assertThat(reader.waits).isTrue();
            if (answer.batch() != null) {
                model.given(reader, answer, now, filtered, group.counters());
            } else {
                assertThat(answer.code()).isEqualTo(ReaderGroup.NOTHING);
                assertThat(reader.waitsUntil).as("it waited for a second").isLessThanOrEqualTo(now);
                model.nothing(filtered, group.counters());
                reader.waits = false;
                reader.spoke(now);
            }
            check();
        }
    }

    private void clear(ModelReader reader) {
        long upTo = random.nextInt(5) == 0 ? random.nextInt(3) - 1 : index - random.nextInt(60);
        if (reader.hand != null && random.nextInt(3) > 0) {
            upTo = reader.hand.isEmpty() || random.nextBoolean()
                    ? reader.lastIndex
                    : reader.hand.get(random.nextInt(reader.hand.size())).index;
        }
        int code = model.cleared(reader, upTo, now);
        assertThat(group.clear(reader.reader, upTo, now)).isEqualTo(code);
    }

    private void setOption(ModelReader reader) {
        if (filterMayChange && random.nextBoolean()) {
            setFilter(reader, random.nextBoolean() ? CREATS : RecordFilter.ALL);
            return;
        }
        long lease = (1 + random.nextInt(100)) * SECOND;
        int code = group.setLease(reader.reader, lease, now);
        assertThat(code).isEqualTo(reader.ended ? ReaderGroup.PROTOCOL : ReaderGroup.OK);
        if (!reader.ended) {
            reader.leaseTime = lease;
            reader.spoke(now);
        }
    }

    private void setFilter(ModelReader reader, RecordFilter filter) {
        int code = model.setFilter(reader, filter, now);
        assertThat(group.setFilter(reader.reader, filter, now)).isEqualTo(code);
    }

    private void leave(ModelReader reader) {
        if (!reader.ended) {
            model.left(reader, now);
            gone.add(reader);
        }
        group.leave(reader.reader, now);
    }

    private void check() {
        model.check(group.counters(), now);
    }

    /** Nothing is lost: whatever has happened, a reader that comes now gets all there is, if nobody else does. */
    private void drain() {
        for (ModelReader reader : List.copyOf(model.readers)) {
            leave(reader);
            check();
        }
        ModelReader last = new ModelReader(group.join(false, 600 * SECOND, now), false, 600 * SECOND, now);
        model.readers.add(last);
        if (order == Order.FID) {
            setFilter(last, CREATS);
        }
        while (group.counters().held() > 0) {
            take(last);
            if (group.counters().held() > 0) {
                assertThat(last.hand).as("there is something for it").isNotNull();
            }
            if (last.hand != null) {
                assertThat(model.cleared(last, 0, now)).isEqualTo(ReaderGroup.OK);
                assertThat(group.clear(last.reader, 0, now)).isEqualTo(ReaderGroup.OK);
            }
            check();
        }
    }

    private void close() {
        Exception cause = new Exception("closed");
        List<Offer> open = new ArrayList<>();
        for (ModelRecord record : model.records) {
            if (!record.dealtWith && !open.contains(record.offer)) {
                open.add(record.offer);
            }
        }
        long held = group.counters().held();
        group.close(cause);
        Offer late = GroupRig.block(1, 3);
        group.offer(late, now);
        open.add(late);
        for (Offer offer : open) {
            assertThat(offer.completions).isEqualTo(1);
            assertThat(offer.cause).isSameAs(cause);
        }
        assertThat(group.counters().failed()).isEqualTo(held);
        assertThat(group.counters().held()).isZero();
    }
}

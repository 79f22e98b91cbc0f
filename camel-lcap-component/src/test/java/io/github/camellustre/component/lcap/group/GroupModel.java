// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.filter.RecordFilter;
import io.github.camellustre.component.lcap.group.GroupRig.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What must hold of a group that shares its records, said with lists of records and without any thrift. */
final class GroupModel implements GroupListener {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    final List<ModelReader> readers = new ArrayList<>();
    final List<ModelRecord> records = new ArrayList<>();
    private final List<Offer> offers = new ArrayList<>();
    private final SharingOptions options;
    private long emptySince;
    private long acknowledged;
    private long filtered;
    private long released;
    private long sent;
    private long redelivered;
    private RecordFilter filter = RecordFilter.ALL;
    /** What the listener heard in this call. */
    private final List<String> heard = new ArrayList<>();

    private long releasedNow;

    GroupModel(SharingOptions options, long now) {
        this.options = options;
        this.emptySince = now;
    }

    void offered(Offer offer, List<Boolean> creats, long now) {
        offers.add(offer);
        ChangelogBatch batch = offer.records();
        for (int at = 0; at < batch.size(); at++) {
            records.add(new ModelRecord(records.size(), batch.get(at), creats.get(at), offer, now));
        }
    }

    int thereNow() {
        return (int) readers.stream().filter(reader -> reader.there).count();
    }

    private boolean wants(ModelRecord record) {
        return filter.equals(RecordFilter.ALL) || record.isCreat;
    }

    // --- filters

    private boolean othersHaveAFilter(ModelReader reader) {
        return readers.stream().anyMatch(other -> other != reader && other.there && other.filter != null);
    }

    int setFilter(ModelReader reader, RecordFilter wanted, long now) {
        if (reader.ended) {
            return ReaderGroup.PROTOCOL;
        }
        if (!wanted.equals(filter) && othersHaveAFilter(reader)) {
            return ReaderGroup.BUSY;
        }
        filter = wanted;
        reader.filter = wanted;
        reader.spoke(now);
        return ReaderGroup.OK;
    }

    /** Whether a DEQUEUE may be answered with records at all. */
    boolean mayAsk(ModelReader reader, long now) {
        if (reader.ended || reader.hand != null) {
            return false;
        }
        RecordFilter its =
                reader.filter != null ? reader.filter : othersHaveAFilter(reader) ? filter : RecordFilter.ALL;
        if (setFilter(reader, its, now) == ReaderGroup.OK) {
            return true;
        }
        left(reader, now);
        return false;
    }

    void heardOfAnEnd() {
        assertThat(heard.remove("ended")).isTrue();
    }

    // --- batches

    void given(ModelReader reader, Answer answer, long now, long filteredBefore, GroupCounters after) {
        leaveOut(after.filtered() - filteredBefore);
        List<ModelRecord> batch = new ArrayList<>();
        LeasedBatch given = answer.batch();
        int bytes = 0;
        for (int range = 0; range < given.ranges(); range++) {
            for (int at = given.from(range); at < given.to(range); at++) {
                batch.add(records.get(ModelRecord.number(given.batch(range).get(at))));
                bytes += given.batch(range).get(at).length();
            }
        }
        assertThat(reader.hand).isNull();
        assertThat(batch).hasSize(given.count()).hasSizeLessThanOrEqualTo(reader.mostRecords);
        assertThat(given.bytes()).isEqualTo(bytes);
        assertThat(given.firstIndex()).isEqualTo(batch.get(0).index);
        assertThat(given.lastIndex()).isEqualTo(batch.get(batch.size() - 1).index);
        checkChoice(batch);
        int expiries = batch.get(0).expiries;
        long lease = reader.leaseTime;
        for (int expiry = 0; expiry < expiries; expiry++) {
            lease = Math.min(2 * lease, HOUR);
        }
        for (ModelRecord record : batch) {
            sent++;
            redelivered += record.sent ? 1 : 0;
            record.sent = true;
            record.holder = reader;
        }
        reader.hand = batch;
        reader.live = true;
        reader.lastIndex = given.lastIndex();
        reader.leaseOfBatch = lease;
        reader.waits = false;
        reader.spoke(now);
    }

    private void checkChoice(List<ModelRecord> batch) {
        int previous = -1;
        for (ModelRecord record : batch) {
            assertThat(record.waits()).as("%s waits", record).isTrue();
            assertThat(wants(record)).as("%s is wanted", record).isTrue();
            assertThat(record.number).as("in order").isGreaterThan(previous);
            assertThat(record.expiries).isEqualTo(batch.get(0).expiries);
            previous = record.number;
        }
        if (options.order() == Order.NONE) {
            List<ModelRecord> oldest = records.stream()
                    .filter(record -> record.waits() && wants(record))
                    .limit(batch.size())
                    .toList();
            assertThat(batch).as("the oldest first").isEqualTo(oldest);
            return;
        }
        for (ModelRecord record : batch) {
            for (ModelRecord other : records) {
                boolean stands = !other.dealtWith && !batch.contains(other) && other.sharesSubject(record);
                if (stands && other.holder != null) {
                    throw new AssertionError(record + " given though another reader has " + other);
                }
                if (stands && other.number < record.number && wants(other)) {
                    throw new AssertionError(record + " given before " + other);
                }
            }
        }
    }

    /** Those that were left out are the first that nobody wants. */
    private void leaveOut(long count) {
        filtered += count;
        records.stream()
                .filter(record -> record.waits() && !wants(record))
                .limit(count)
                .toList()
                .forEach(record -> record.dealtWith = true);
    }

    /** A reader that asked got nothing. */
    void nothing(long filteredBefore, GroupCounters after) {
        leaveOut(after.filtered() - filteredBefore);
        List<ModelRecord> before = new ArrayList<>();
        for (ModelRecord record : records) {
            if (record.dealtWith) {
                continue;
            }
            boolean blocked = options.order() == Order.FID && before.stream().anyMatch(record::sharesSubject);
            if (record.holder == null) {
                assertThat(wants(record)).as("%s is not left out", record).isTrue();
                assertThat(blocked).as("%s is kept back", record).isTrue();
            }
            before.add(record);
        }
    }

    int cleared(ModelReader reader, long index, long now) {
        if (index < 0) {
            return ReaderGroup.INVALID;
        }
        if (reader.hand == null) {
            return ReaderGroup.PROTOCOL;
        }
        for (ModelRecord record : reader.upTo(index)) {
            record.dealtWith = true;
            record.holder = null;
            acknowledged++;
        }
        if (index == 0 || index >= reader.lastIndex) {
            reader.hand = null;
        }
        reader.spoke(now);
        return ReaderGroup.OK;
    }

    // --- coming and going

    void left(ModelReader reader, long now) {
        boolean wasThere = reader.there;
        reader.held().forEach(record -> record.holder = null);
        reader.hand = null;
        reader.there = false;
        reader.ended = true;
        reader.waits = false;
        readers.remove(reader);
        if (wasThere && thereNow() == 0) {
            emptySince = now;
        }
    }

    void passed(long now) {
        for (ModelReader reader : List.copyOf(readers)) {
            if (reader.waits || reader.silentAt > now) {
                continue;
            }
            if (!reader.there || reader.hand == null && reader.longPoll) {
                left(reader, now);
                heardOfAnEnd();
                continue;
            }
            List<ModelRecord> held = reader.held();
            if (!held.isEmpty()) {
                String event =
                        "expired " + held.size() + " " + held.get(0).index + "-" + held.get(held.size() - 1).index;
                assertThat(heard.remove(event)).as(event).isTrue();
            }
            for (ModelRecord record : held) {
                record.holder = null;
                record.expiries++;
            }
            if (reader.hand != null && reader.live) {
                reader.live = false;
                reader.hand = new ArrayList<>(held);
            }
            boolean last = thereNow() == 1;
            reader.there = false;
            reader.silentAt = now + HOUR;
            if (last) {
                emptySince = now;
            }
        }
    }

    // --- what is true after every call

    void check(GroupCounters counters, long now) {
        checkReleases(now);
        assertThat(heard).isEmpty();
        long open = records.stream().filter(record -> !record.dealtWith).count();
        assertThat(counters)
                .isEqualTo(new GroupCounters(
                        records.size(), sent, redelivered, filtered, acknowledged, released, 0, 0, open, thereNow()));
        assertThat(counters.offered())
                .isEqualTo(counters.acknowledged() + counters.filtered() + counters.released() + counters.held());
        for (Offer offer : offers) {
            boolean done = records.stream().noneMatch(record -> record.offer == offer && !record.dealtWith);
            assertThat(offer.completions).isEqualTo(done ? 1 : 0);
            assertThat(offer.cause).isNull();
        }
        offers.removeIf(offer -> offer.completions == 1);
    }

    private void checkReleases(long now) {
        List<ModelRecord> open =
                records.stream().filter(record -> !record.dealtWith).toList();
        long due = 0;
        if (thereNow() == 0) {
            if (options.whenEmpty() == WhenEmpty.ACKNOWLEDGE) {
                due = open.size();
            } else {
                due = Math.max(0, open.size() - options.holdLimit().records());
                for (ModelRecord record : open) {
                    long limit = options.holdLimit().nanos();
                    boolean old = limit != Long.MAX_VALUE && Math.max(record.offeredAt, emptySince) + limit <= now;
                    due = Math.max(due, old ? open.indexOf(record) + 1 : 0);
                }
            }
        }
        assertThat(releasedNow).as("released").isEqualTo(due);
        open.subList(0, (int) due).forEach(record -> record.dealtWith = true);
        released += due;
        releasedNow = 0;
    }

    @Override
    public void released(long count, long firstIndex, long lastIndex) {
        releasedNow += count;
    }

    @Override
    public void expired(GroupReader reader, long count, long firstIndex, long lastIndex) {
        heard.add("expired " + count + " " + firstIndex + "-" + lastIndex);
    }

    @Override
    public void dropped(GroupReader reader, long count) {
        throw new AssertionError("nothing is dropped");
    }

    @Override
    public void ended(GroupReader reader) {
        heard.add("ended");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A group, its clock and what it tells. */
final class GroupRig implements GroupListener {
    static final String MDT = "fs-MDT0000";
    static final long LEASE = TimeUnit.SECONDS.toNanos(30);

    final List<String> events = new ArrayList<>();
    long now = 1_000_000;

    /** Something offered: what has become of it. */
    static final class Offer extends Delivery {
        int completions;
        Throwable cause;

        Offer(ChangelogBatch records) {
            super(records);
        }

        @Override
        protected void completed(Throwable failure) {
            completions++;
            cause = failure;
        }

        boolean isAcknowledged() {
            return completions == 1 && cause == null;
        }
    }

    void pass(long time, TimeUnit unit) {
        now += unit.toNanos(time);
    }

    static ChangelogRecord record(long index) {
        return record(index, index);
    }

    static ChangelogRecord record(long index, long object) {
        return builder(index).target(new Fid(1, (int) object, 0)).build(MDT);
    }

    static RecordBuilder builder(long index) {
        return new RecordBuilder(RecordType.CREAT).index(index);
    }

    /** Records {@code [from, to]} in a block, as from a source with {@code batching=true}. */
    static Offer block(long from, long to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long index = from; index <= to; index++) {
            bytes.writeBytes(record(index).toByteArray());
        }
        RecordBlock block = RecordBlock.frame(MDT, bytes.toByteArray());
        return new Offer(ChangelogBatch.of(block, 0, block.count()));
    }

    static Offer list(ChangelogRecord... records) {
        return new Offer(ChangelogBatch.of(List.of(records)));
    }

    static List<Long> indexes(Answer answer) {
        List<Long> indexes = new ArrayList<>();
        LeasedBatch batch = answer.batch();
        for (int range = 0; range < batch.ranges(); range++) {
            for (int at = batch.from(range); at < batch.to(range); at++) {
                indexes.add(batch.batch(range).index(at));
            }
        }
        return indexes;
    }

    @Override
    public void released(long records, long firstIndex, long lastIndex) {
        events.add("released " + records + " " + firstIndex + "-" + lastIndex);
    }

    @Override
    public void expired(GroupReader reader, long records, long firstIndex, long lastIndex) {
        events.add("expired " + records + " " + firstIndex + "-" + lastIndex);
    }

    @Override
    public void dropped(GroupReader reader, long records) {
        events.add("dropped " + records);
    }

    @Override
    public void ended(GroupReader reader) {
        events.add("ended");
    }
}

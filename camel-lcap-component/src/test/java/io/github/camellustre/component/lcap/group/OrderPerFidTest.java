// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import static io.github.camellustre.component.lcap.group.GroupRig.LEASE;
import static io.github.camellustre.component.lcap.group.GroupRig.MDT;
import static io.github.camellustre.component.lcap.group.GroupRig.indexes;
import static io.github.camellustre.component.lcap.group.GroupRig.list;
import static io.github.camellustre.component.lcap.group.GroupRig.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With order=fid, records of one object are in one reader's hands at a time. */
class OrderPerFidTest {
    private final GroupRig rig = new GroupRig();
    private final SharedGroup group = new SharedGroup(
            new SharingOptions(Order.FID, WhenEmpty.HOLD, HoldLimit.NONE, BatchLimits.DEFAULT), rig, rig.now);
    private final GroupReader one = reader(1);
    private final GroupReader two = reader(10);

    @Test
    void aRecordIsKeptBackWhileAnotherReaderHasOneOfItsObject() {
        group.offer(list(record(1, 7), record(2, 7), record(3, 8)), rig.now);
        assertThat(take(one)).isEqualTo("[1]");
        assertThat(take(two)).isEqualTo("[3]");
        group.clear(two, 3, rig.now);
        assertThat(group.take(two, rig.now)).isNull();
        group.clear(one, 1, rig.now);
        assertThat(indexes(group.next(rig.now))).containsExactly(2L);
    }

    @Test
    void oneReaderGetsAllRecordsOfAnObjectInOrder() {
        group.offer(list(record(1, 7), record(2, 7), record(3, 7)), rig.now);
        assertThat(take(two)).isEqualTo("[1, 2, 3]");
    }

    @Test
    void whatIsKeptBackKeepsBackWhatSharesASubjectWithIt() {
        group.offer(list(record(1, 7), rename(2, 7, 8), record(3, 8), record(4, 9)), rig.now);
        assertThat(take(one)).isEqualTo("[1]");
        assertThat(take(two)).isEqualTo("[4]");
        group.clear(one, 1, rig.now);
        assertThat(take(one)).isEqualTo("[2]");
        group.clear(two, 4, rig.now);
        assertThat(group.take(two, rig.now)).isNull();
        group.clear(one, 2, rig.now);
        assertThat(indexes(group.next(rig.now))).containsExactly(3L);
    }

    @Test
    void whoGetsTheFirstGetsThoseBehindItToo() {
        group.offer(list(record(1, 7), rename(2, 7, 8), record(3, 8), record(4, 7)), rig.now);
        assertThat(take(one)).isEqualTo("[1]");
        assertThat(group.take(two, rig.now)).isNull();
        group.clear(one, 1, rig.now);
        assertThat(indexes(group.next(rig.now))).containsExactly(2L, 3L, 4L);
    }

    @Test
    void recordsWithoutSubjectAreNeverKeptBack() {
        ChangelogRecord mark = new RecordBuilder(RecordType.MARK).index(2).build(MDT);
        group.offer(list(record(1, 7), mark, record(3, 7)), rig.now);
        assertThat(take(one)).isEqualTo("[1]");
        assertThat(take(two)).isEqualTo("[2]");
    }

    @Test
    void whatComesBackComesBeforeWhatWasKeptBack() {
        group.offer(list(record(1, 7), record(2, 7)), rig.now);
        assertThat(take(one)).isEqualTo("[1]");
        group.leave(one, rig.now);
        assertThat(take(two)).isEqualTo("[1, 2]");
    }

    @Test
    void whatRanOutOfTimeGoesFirstAndHoldsTheRestBack() {
        group.offer(list(record(1, 7), record(2, 7), record(3, 8)), rig.now);
        assertThat(take(one)).isEqualTo("[1]");
        rig.pass(30, TimeUnit.SECONDS);
        group.tick(rig.now);
        GroupReader heir = reader(10);
        assertThat(take(heir)).isEqualTo("[1]");
        assertThat(take(reader(10))).isEqualTo("[3]");
        group.clear(one, 1, rig.now);
        assertThat(take(reader(10)))
                .as("acknowledged late: free, though the heir has it")
                .isEqualTo("[2]");
    }

    private static ChangelogRecord rename(long index, int moved, int overwritten) {
        return new RecordBuilder(RecordType.RENME)
                .index(index)
                .rename(new Fid(1, moved, 0), new Fid(1, 100, 0))
                .target(new Fid(1, overwritten, 0))
                .build(MDT);
    }

    private GroupReader reader(int records) {
        GroupReader reader = group.join(true, LEASE, rig.now);
        group.setBatch(reader, records, rig.now);
        return reader;
    }

    private String take(GroupReader reader) {
        return indexes(group.take(reader, rig.now)).toString();
    }
}

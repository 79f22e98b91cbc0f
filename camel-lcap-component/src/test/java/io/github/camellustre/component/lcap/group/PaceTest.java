// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import static io.github.camellustre.component.lcap.group.GroupRig.LEASE;
import static io.github.camellustre.component.lcap.group.GroupRig.block;
import static io.github.camellustre.component.lcap.group.GroupRig.indexes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How large batches are, and how long a reader waits for them. Both tables are in docs/lcap-groups.md. */
class PaceTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** A reader that does 10 million records a second, and answers in 0.1 ms. */
    @ParameterizedTest(name = "{0} records a second")
    @CsvSource({
        // offered, records of a batch, longest wait in microseconds
        "        1,    1,    0",
        "    1_000,    1,    0",
        "    4_000,    1,    0",
        "   10_000,   20, 2000",
        "  100_000,  200, 2000",
        "1_000_000, 2000, 2000",
        "3_000_000, 6000, 2000",
    })
    void sizeAndWaitFollowTheFlow(String offered, int size, long wait) {
        long interval = TimeUnit.SECONDS.toNanos(1) / Long.parseLong(offered.replace("_", ""));
        GroupRig rig = new GroupRig();
        SharedGroup group = new SharedGroup(SharingOptions.DEFAULT, rig, rig.now);
        GroupReader reader = group.join(true, LEASE, rig.now);
        int records = Math.max(1, (int) (20_000 / interval));
        List<Integer> sizes = new ArrayList<>();
        long longest = 0;
        long clearAt = Long.MAX_VALUE;
        long oldest = Long.MAX_VALUE;
        group.take(reader, rig.now);
        long index = 0;
        for (int turn = 0; turn < 40_000; turn++) {
            rig.now += interval * records;
            group.offer(block(index + 1, index + records), rig.now);
            index += records;
            oldest = Math.min(oldest, rig.now);
            Answer answer = null;
            if (rig.now >= clearAt) {
                clearAt = Long.MAX_VALUE;
                group.clear(reader, 0, rig.now);
                answer = group.take(reader, rig.now);
            } else if (clearAt == Long.MAX_VALUE) {
                answer = group.next(rig.now);
            }
            if (answer != null) {
                sizes.add(answer.batch().count());
                longest = turn < 20_000 ? 0 : Math.max(longest, rig.now - oldest);
                oldest = Long.MAX_VALUE;
                clearAt = rig.now + 100_000 + answer.batch().count() * 100L;
            }
        }
        int last = sizes.get(sizes.size() - 2);
        assertThat(last).isBetween((int) (size * 0.9), (int) Math.ceil(size * 1.2));
        assertThat(longest / 1000).isLessThanOrEqualTo(wait + 100 + size / 10);
    }

    /** So much is there that every batch could be full. */
    @ParameterizedTest(name = "a reader that does {0} records a second")
    @CsvSource({
        // reader's pace, records of a batch
        "        1,    1",
        "       10,    5",
        "      100,   50",
        "    1_000,  500",
        "   10_000, 5000",
        "  100_000, 8192",
        "3_000_000, 8192",
    })
    void sizeFollowsTheReader(String pace, int size) {
        long each = TimeUnit.SECONDS.toNanos(1) / Long.parseLong(pace.replace("_", ""));
        GroupRig rig = new GroupRig();
        SharedGroup group = new SharedGroup(SharingOptions.DEFAULT, rig, rig.now);
        GroupReader reader = group.join(true, TimeUnit.HOURS.toNanos(1), rig.now);
        group.offer(block(1, 200_000), rig.now);
        int last = 0;
        for (int turn = 0; turn < 20; turn++) {
            last = group.take(reader, rig.now).batch().count();
            rig.now += MILLI / 10 + last * each;
            group.clear(reader, 0, rig.now);
        }
        assertThat(last).isBetween((int) (size * 0.9), size);
    }

    @Test
    void aLoneRecordGoesOutAtOnce() {
        GroupRig rig = new GroupRig();
        SharedGroup group = new SharedGroup(SharingOptions.DEFAULT, rig, rig.now);
        GroupReader reader = group.join(true, LEASE, rig.now);
        for (int index = 1; index < 100; index++) {
            assertThat(group.take(reader, rig.now)).isNull();
            rig.now += 5 * MILLI;
            group.offer(block(index, index), rig.now);
            assertThat(indexes(group.next(rig.now))).containsExactly((long) index);
            group.clear(reader, 0, rig.now);
        }
    }

    @Test
    void aReaderThatIsHeldIsDueWhenTheWaitIsOver() {
        GroupRig rig = new GroupRig();
        SharedGroup group = new SharedGroup(SharingOptions.DEFAULT, rig, rig.now);
        GroupReader reader = group.join(true, LEASE, rig.now);
        for (int index = 1; index < 300; index++) {
            group.offer(block(index, index), rig.now);
            rig.now += MILLI / 100;
        }
        for (int size = 64; size <= 128; size *= 2) {
            assertThat(group.take(reader, rig.now).batch().count()).isEqualTo(size);
            group.clear(reader, 0, rig.now);
        }
        group.offer(block(300, 309), rig.now);
        assertThat(group.take(reader, rig.now)).isNull();
        assertThat(group.tick(rig.now)).isEqualTo(rig.now + 2 * MILLI);
        assertThat(group.next(rig.now + 2 * MILLI - 1)).isNull();
        assertThat(group.next(rig.now + 2 * MILLI).batch().count()).isEqualTo(299 - 64 - 128 + 10);
    }

    @Test
    void aReaderMayWantLess() {
        GroupRig rig = new GroupRig();
        SharedGroup group = new SharedGroup(SharingOptions.DEFAULT, rig, rig.now);
        GroupReader reader = group.join(true, LEASE, rig.now);
        assertThat(group.setBatch(reader, 0, rig.now)).isEqualTo(ReaderGroup.INVALID);
        assertThat(group.setBatch(reader, 7, rig.now)).isEqualTo(ReaderGroup.OK);
        group.offer(block(1, 100), rig.now);
        assertThat(group.take(reader, rig.now).batch().count()).isEqualTo(7);
    }
}

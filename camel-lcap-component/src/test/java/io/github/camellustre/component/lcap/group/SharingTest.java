// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import static io.github.camellustre.component.lcap.group.GroupRig.LEASE;
import static io.github.camellustre.component.lcap.group.GroupRig.block;
import static io.github.camellustre.component.lcap.group.GroupRig.indexes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.component.lcap.group.GroupRig.Offer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Readers of one group share its records by demand. */
class SharingTest {
    private final GroupRig rig = new GroupRig();
    private final SharedGroup group = new SharedGroup(SharingOptions.DEFAULT, rig, rig.now);

    @Test
    void whoAsksGetsTheNextAndTheDeliveryIsDoneWithItsLastRecord() {
        GroupReader one = oldReader(3);
        GroupReader two = oldReader(3);
        Offer offer = block(1, 6);
        group.offer(offer, rig.now);

        assertThat(indexes(group.take(one, rig.now))).containsExactly(1L, 2L, 3L);
        assertThat(indexes(group.take(two, rig.now))).containsExactly(4L, 5L, 6L);
        assertThat(group.clear(two, 6, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(offer.completions).isZero();
        assertThat(group.clear(one, 3, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(offer.isAcknowledged()).isTrue();
    }

    @Test
    void anOldReaderIsAnsweredAtOnce() {
        assertThat(group.take(oldReader(3), rig.now).code()).isEqualTo(ReaderGroup.NOTHING);
    }

    @Test
    void aReaderOfOursWaitsForTheNextRecord() {
        GroupReader reader = group.join(true, LEASE, rig.now);
        assertThat(group.take(reader, rig.now)).isNull();
        assertThat(group.next(rig.now)).isNull();
        group.offer(block(1, 1), rig.now);
        assertThat(indexes(group.next(rig.now))).containsExactly(1L);
        assertThat(group.next(rig.now)).isNull();
    }

    @Test
    void itIsAnsweredAfterASecondAlsoWithoutRecords() {
        GroupReader reader = group.join(true, LEASE, rig.now);
        assertThat(group.take(reader, rig.now)).isNull();
        assertThat(group.tick(rig.now)).isEqualTo(rig.now + GroupReader.LONGEST_POLL);
        rig.pass(1, TimeUnit.SECONDS);
        Answer answer = group.next(rig.now);
        assertThat(answer.reader()).isSameAs(reader);
        assertThat(answer.code()).isEqualTo(ReaderGroup.NOTHING);
    }

    private GroupReader oldReader(int records) {
        GroupReader reader = group.join(false, LEASE, rig.now);
        group.setBatch(reader, records, rig.now);
        return reader;
    }

    /** More than 8 MiB in one answer would make LCAP's own client crash. */
    @Test
    void aBatchStaysBelowWhatOldReadersTake() {
        BatchLimits large = new BatchLimits(30_000, 30_000, 0);
        SharedGroup sharing =
                new SharedGroup(new SharingOptions(Order.NONE, WhenEmpty.HOLD, HoldLimit.NONE, large), rig, rig.now);
        String name = "n".repeat(255);
        for (long index = 1; index <= large.maxBatch(); index++) {
            sharing.offer(GroupRig.list(GroupRig.builder(index).name(name).build(GroupRig.MDT)), rig.now);
        }
        LeasedBatch batch =
                sharing.take(sharing.join(false, LEASE, rig.now), rig.now).batch();
        assertThat(batch.bytes()).isBetween(7 << 20, (8 << 20) - 1);
    }
}

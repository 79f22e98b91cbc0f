// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import static io.github.camellustre.component.lcap.group.GroupRig.LEASE;
import static io.github.camellustre.component.lcap.group.GroupRig.block;
import static io.github.camellustre.component.lcap.group.GroupRig.indexes;
import static io.github.camellustre.component.lcap.group.GroupRig.list;
import static io.github.camellustre.component.lcap.group.GroupRig.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.filter.RecordFilter;
import io.github.camellustre.component.lcap.group.GroupRig.Offer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With ack=none each reader gets everything, and nobody waits for it. */
class BroadcastTest {
    private final GroupRig rig = new GroupRig();
    private final BroadcastGroup group = new BroadcastGroup(BatchLimits.DEFAULT, new QueueLimits(6, 1 << 20), rig);
    private final GroupReader one = reader();
    private final GroupReader two = reader();

    @Test
    void eachReaderGetsAllAndTheDeliveryIsDoneAtOnce() {
        Offer offer = block(1, 4);
        group.offer(offer, rig.now);
        assertThat(offer.isAcknowledged()).isTrue();
        assertThat(take(one)).isEqualTo("[1, 2, 3, 4]");
        assertThat(take(two)).isEqualTo("[1, 2, 3, 4]");
        assertThat(group.counters()).isEqualTo(new GroupCounters(4, 8, 0, 0, 4, 0, 0, 0, 0, 2));
    }

    @Test
    void whoComesLaterGetsWhatComesLater() {
        group.offer(block(1, 4), rig.now);
        GroupReader late = reader();
        assertThat(group.take(late, rig.now).code()).isEqualTo(ReaderGroup.NOTHING);
        group.offer(block(5, 6), rig.now);
        assertThat(take(late)).isEqualTo("[5, 6]");
    }

    @Test
    void oneThatIsTooSlowLosesTheOldest() {
        group.offer(block(1, 4), rig.now);
        take(two);
        group.clear(two, 4, rig.now);
        group.offer(block(5, 8), rig.now);
        assertThat(rig.events).containsExactly("dropped 4");
        assertThat(group.counters().dropped()).isEqualTo(4);
        assertThat(take(one)).isEqualTo("[5, 6, 7, 8]");
        assertThat(take(two)).isEqualTo("[5, 6, 7, 8]");
    }

    @Test
    void theBytesCountToo() {
        int size = record(1).length();
        BroadcastGroup narrow = new BroadcastGroup(BatchLimits.DEFAULT, new QueueLimits(100, 3L * size), rig);
        GroupReader reader = narrow.join(false, LEASE, rig.now);
        for (int index = 1; index <= 5; index++) {
            narrow.offer(block(index, index), rig.now);
        }
        assertThat(indexes(narrow.take(reader, rig.now))).containsExactly(3L, 4L, 5L);
        narrow.clear(reader, 0, rig.now);
        narrow.offer(block(6, 15), rig.now);
        assertThat(indexes(narrow.take(reader, rig.now))).as("the newest stays").hasSize(10);
    }

    @Test
    void eachReaderHasAFilterOfItsOwn() {
        assertThat(group.setFilter(one, RecordFilter.parse("type=UNLNK"), rig.now))
                .isEqualTo(ReaderGroup.OK);
        assertThat(group.setFilter(two, RecordFilter.parse("type=CREAT"), rig.now))
                .isEqualTo(ReaderGroup.OK);
        group.offer(list(record(1)), rig.now);
        assertThat(group.take(one, rig.now).code()).isEqualTo(ReaderGroup.NOTHING);
        assertThat(take(two)).isEqualTo("[1]");
        assertThat(group.counters().filtered()).isEqualTo(1);
    }

    @Test
    void aBatchIsInHandUntilItsLastRecordIsCleared() {
        group.offer(block(1, 4), rig.now);
        take(one);
        assertThat(group.clear(one, 2, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(group.take(one, rig.now).code()).isEqualTo(ReaderGroup.PROTOCOL);
        assertThat(group.clear(one, 4, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(group.take(one, rig.now).code()).isEqualTo(ReaderGroup.NOTHING);
    }

    @Test
    void oneThatComesBackAfterALongSilenceMissesWhatCameMeanwhile() {
        group.offer(block(1, 2), rig.now);
        take(one);
        rig.pass(30, TimeUnit.SECONDS);
        group.tick(rig.now);
        assertThat(rig.events).as("of the second reader, which took nothing").containsExactly("dropped 2");
        assertThat(group.counters().readers()).isZero();
        group.offer(block(3, 4), rig.now);
        assertThat(group.clear(one, 2, rig.now)).isEqualTo(ReaderGroup.OK);
        group.offer(block(5, 5), rig.now);
        assertThat(take(one)).isEqualTo("[5]");
    }

    @Test
    void whatIsOfferedAfterTheEndFails() {
        Exception cause = new Exception("closed");
        group.close(cause);
        Offer offer = block(1, 2);
        group.offer(offer, rig.now);
        assertThat(offer.cause).isSameAs(cause);
        assertThat(group.take(one, rig.now).code()).isEqualTo(ReaderGroup.PROTOCOL);
    }

    private GroupReader reader() {
        return group.join(false, LEASE, rig.now);
    }

    private String take(GroupReader reader) {
        return indexes(group.take(reader, rig.now)).toString();
    }
}

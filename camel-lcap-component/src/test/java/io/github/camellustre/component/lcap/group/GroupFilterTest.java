// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import static io.github.camellustre.component.lcap.group.GroupRig.LEASE;
import static io.github.camellustre.component.lcap.group.GroupRig.MDT;
import static io.github.camellustre.component.lcap.group.GroupRig.block;
import static io.github.camellustre.component.lcap.group.GroupRig.indexes;
import static io.github.camellustre.component.lcap.group.GroupRig.list;
import static io.github.camellustre.component.lcap.group.GroupRig.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.filter.RecordFilter;
import io.github.camellustre.component.lcap.group.GroupRig.Offer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Readers who share records have one filter. */
class GroupFilterTest {
    private static final RecordFilter CREATS = RecordFilter.parse("type=CREAT");
    private static final RecordFilter UNLINKS = RecordFilter.parse("type=UNLNK");

    private final GroupRig rig = new GroupRig();
    private final SharedGroup group = new SharedGroup(SharingOptions.DEFAULT, rig, rig.now);
    private final GroupReader one = group.join(false, LEASE, rig.now);
    private final GroupReader two = group.join(false, LEASE, rig.now);

    @Test
    void whatDoesNotMatchCountsAsAcknowledged() {
        group.setFilter(one, CREATS, rig.now);
        Offer offer = list(unlink(1), record(2), unlink(3), record(4), unlink(5));
        Offer unwanted = list(unlink(6));
        group.offer(offer, rig.now);
        group.offer(unwanted, rig.now);
        assertThat(indexes(group.take(one, rig.now))).containsExactly(2L, 4L);
        assertThat(unwanted.isAcknowledged()).isTrue();
        assertThat(group.counters().filtered()).isEqualTo(4);
        group.clear(one, 4, rig.now);
        assertThat(offer.isAcknowledged()).isTrue();
    }

    @Test
    void anotherReaderCannotHaveAnother() {
        assertThat(group.setFilter(one, CREATS, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(group.setFilter(two, UNLINKS, rig.now)).isEqualTo(ReaderGroup.BUSY);
        assertThat(group.setFilter(two, CREATS, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(group.setFilter(two, UNLINKS, rig.now)).isEqualTo(ReaderGroup.BUSY);
        group.leave(one, rig.now);
        assertThat(group.setFilter(two, UNLINKS, rig.now)).isEqualTo(ReaderGroup.OK);
    }

    @Test
    void oneThatChoosesNoneHasThatOfTheOthers() {
        group.setFilter(one, CREATS, rig.now);
        group.offer(list(unlink(1), record(2)), rig.now);
        assertThat(indexes(group.take(two, rig.now))).containsExactly(2L);
        group.clear(two, 2, rig.now);
        group.leave(one, rig.now);
        group.leave(two, rig.now);
        group.offer(list(unlink(3)), rig.now);
        assertThat(indexes(group.take(group.join(false, LEASE, rig.now), rig.now)))
                .as("nobody left whose filter it could be")
                .containsExactly(3L);
    }

    @Test
    void oneThatHasTakenWithoutAFilterWantsAll() {
        group.take(one, rig.now);
        assertThat(group.setFilter(two, CREATS, rig.now)).isEqualTo(ReaderGroup.BUSY);
    }

    @Test
    void oneThatWasAwayWhileOthersChoseAnotherHasToBeginAnew() {
        group.setFilter(one, CREATS, rig.now);
        rig.pass(20, TimeUnit.SECONDS);
        group.take(two, rig.now);
        rig.pass(10, TimeUnit.SECONDS);
        group.tick(rig.now);
        group.setFilter(two, UNLINKS, rig.now);
        group.offer(block(1, 3), rig.now);
        assertThat(group.take(one, rig.now).code()).isEqualTo(ReaderGroup.PROTOCOL);
        assertThat(rig.events).containsExactly("ended");
        assertThat(group.counters().held()).isEqualTo(3);
    }

    private static ChangelogRecord unlink(long index) {
        return new RecordBuilder(RecordType.UNLNK).index(index).build(MDT);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import static io.github.camellustre.component.lcap.group.GroupRig.LEASE;
import static io.github.camellustre.component.lcap.group.GroupRig.block;
import static io.github.camellustre.component.lcap.group.GroupRig.indexes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.component.lcap.group.GroupRig.Offer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A batch is its reader's until it is acknowledged, the reader leaves or its time is over. */
class LeaseTest {
    private final GroupRig rig = new GroupRig();
    private final SharedGroup group = new SharedGroup(SharingOptions.DEFAULT, rig, rig.now);
    private final GroupReader one = join();
    private final GroupReader two = join();

    @Test
    void aBatchGoesToTheNextReaderWhenItsTimeIsOver() {
        group.offer(block(1, 8), rig.now);
        assertThat(take(one)).isEqualTo("[1, 2, 3, 4]");
        assertThat(group.tick(rig.now)).isEqualTo(rig.now + LEASE);
        passLease();
        assertThat(rig.events).containsExactly("expired 4 1-4", "ended");
        assertThat(take(join())).isEqualTo("[1, 2, 3, 4]");
        assertThat(group.counters().redelivered()).isEqualTo(4);
    }

    @Test
    void aRequestThatIsServedRenewsItAndOneThatIsNotDoesNot() {
        group.offer(block(1, 4), rig.now);
        take(one);
        rig.pass(20, TimeUnit.SECONDS);
        assertThat(group.clear(one, 2, rig.now)).isEqualTo(ReaderGroup.OK);
        rig.pass(20, TimeUnit.SECONDS);
        assertThat(group.take(one, rig.now).code()).isEqualTo(ReaderGroup.PROTOCOL);
        group.tick(rig.now);
        assertThat(rig.events).doesNotContain("expired 2 3-4");
        rig.pass(10, TimeUnit.SECONDS);
        group.tick(rig.now);
        assertThat(rig.events).contains("expired 2 3-4");
    }

    @Test
    void eachTimeThatItRunsOutTheNextLeaseIsTwiceAsLong() {
        group.offer(block(1, 4), rig.now);
        long lease = LEASE;
        for (int turn = 0; turn < 10; turn++) {
            GroupReader reader = join();
            take(reader);
            long due = rig.now + lease;
            rig.now = due - 1;
            group.tick(rig.now);
            assertThat(reader.hasLiveLease()).isTrue();
            rig.now = due;
            group.tick(rig.now);
            assertThat(reader.hasLiveLease()).isFalse();
            lease = Math.min(2 * lease, TimeUnit.HOURS.toNanos(1));
        }
    }

    @Test
    void recordsThatRanOutOfTimeTakeNoOthersAlong() {
        group.offer(block(1, 4), rig.now);
        take(one);
        passLease();
        group.offer(block(5, 8), rig.now);
        GroupReader greedy = group.join(false, LEASE, rig.now);
        assertThat(take(greedy)).isEqualTo("[1, 2, 3, 4]");
    }

    @Test
    void aLateClearTakesOutWhatWaitsAgain() {
        Offer offer = block(1, 4);
        group.offer(offer, rig.now);
        take(one);
        passLease();
        assertThat(group.clear(one, 2, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(take(join())).isEqualTo("[3, 4]");
        assertThat(group.take(one, rig.now).code())
                .as("3 and 4 are still in hand")
                .isEqualTo(ReaderGroup.PROTOCOL);
        assertThat(group.clear(one, 4, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(offer.isAcknowledged()).isTrue();
    }

    @Test
    void aLateClearCountsThoughAnotherReaderHasTheRecords() {
        Offer offer = block(1, 4);
        group.offer(offer, rig.now);
        take(one);
        passLease();
        GroupReader heir = join();
        take(heir);
        assertThat(group.clear(one, 4, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(offer.isAcknowledged()).isTrue();
        assertThat(group.clear(heir, 4, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(group.counters().acknowledged()).isEqualTo(4);
        assertThat(offer.completions).isEqualTo(1);
    }

    @Test
    void whoeverIsTooLateIsAnsweredAllTheSame() {
        group.offer(block(1, 4), rig.now);
        take(one);
        passLease();
        GroupReader heir = join();
        take(heir);
        assertThat(group.clear(heir, 4, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(group.clear(one, 4, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(group.counters().acknowledged()).isEqualTo(4);
        assertThat(group.clear(one, 4, rig.now)).as("no batch in hand").isEqualTo(ReaderGroup.PROTOCOL);
    }

    @Test
    void aReaderThatLeavesGivesItsBatchBackAtOnceAndAtTheFront() {
        group.offer(block(1, 8), rig.now);
        take(one);
        group.clear(one, 1, rig.now);
        group.leave(one, rig.now);
        assertThat(take(two)).isEqualTo("[2, 3, 4, 5]");
        assertThat(group.take(one, rig.now).code()).isEqualTo(ReaderGroup.PROTOCOL);
    }

    @Test
    void clearUpToAnIndexKeepsTheRest() {
        Offer offer = block(1, 4);
        group.offer(offer, rig.now);
        take(one);
        assertThat(group.clear(one, 3, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(group.counters().held()).isEqualTo(1);
        assertThat(group.clear(one, 9, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(offer.isAcknowledged()).isTrue();
    }

    @Test
    void indexesThatRepeatAreClearedInTheOrderOfTheBatch() {
        group.offer(block(5, 6), rig.now);
        group.offer(block(5, 6), rig.now);
        assertThat(take(one)).isEqualTo("[5, 6, 5, 6]");
        assertThat(group.clear(one, 5, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(group.counters().held()).as("up to the first 6").isEqualTo(3);
        assertThat(group.clear(one, 6, rig.now)).isEqualTo(ReaderGroup.OK);
        assertThat(group.counters().held()).isZero();
    }

    @Test
    void aClearThatCannotBeIsRefused() {
        assertThat(group.clear(one, 3, rig.now)).isEqualTo(ReaderGroup.PROTOCOL);
        group.offer(block(1, 4), rig.now);
        take(one);
        assertThat(group.clear(one, -1, rig.now)).isEqualTo(ReaderGroup.INVALID);
        assertThat(group.counters().held()).isEqualTo(4);
    }

    private GroupReader join() {
        GroupReader reader = group.join(true, LEASE, rig.now);
        group.setBatch(reader, 4, rig.now);
        return reader;
    }

    private String take(GroupReader reader) {
        return indexes(group.take(reader, rig.now)).toString();
    }

    private void passLease() {
        rig.pass(30, TimeUnit.SECONDS);
        group.tick(rig.now);
    }
}

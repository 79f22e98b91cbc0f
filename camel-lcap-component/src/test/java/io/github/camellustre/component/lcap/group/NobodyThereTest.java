// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import static io.github.camellustre.component.lcap.group.GroupRig.LEASE;
import static io.github.camellustre.component.lcap.group.GroupRig.block;
import static io.github.camellustre.component.lcap.group.GroupRig.indexes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.component.lcap.group.GroupRig.Offer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of the records of a group without readers. */
class NobodyThereTest {
    private final GroupRig rig = new GroupRig();

    @Test
    void theyAreHeld() {
        SharedGroup group = group(WhenEmpty.HOLD, HoldLimit.NONE);
        Offer offer = block(1, 10);
        group.offer(offer, rig.now);
        rig.pass(100, TimeUnit.DAYS);
        assertThat(group.tick(rig.now)).isEqualTo(Long.MAX_VALUE);
        assertThat(offer.completions).isZero();
        assertThat(indexes(group.take(group.join(false, LEASE, rig.now), rig.now)))
                .hasSize(10);
    }

    @Test
    void orReleasedAtOnce() {
        SharedGroup group = group(WhenEmpty.ACKNOWLEDGE, HoldLimit.NONE);
        Offer offer = block(1, 10);
        group.offer(offer, rig.now);
        assertThat(offer.isAcknowledged()).isTrue();
        assertThat(rig.events).containsExactly("released 10 1-10");
        assertThat(group.counters().released()).isEqualTo(10);
    }

    @Test
    void orReleasedBeyondANumberTheOldestFirst() {
        SharedGroup group = group(WhenEmpty.HOLD, HoldLimit.ofRecords(5));
        Offer first = block(1, 4);
        Offer second = block(5, 8);
        group.offer(first, rig.now);
        group.offer(second, rig.now);
        assertThat(rig.events).containsExactly("released 3 1-3");
        assertThat(first.completions).isZero();
        group.offer(block(9, 9), rig.now);
        assertThat(first.isAcknowledged()).isTrue();
        assertThat(second.completions).isZero();
        assertThat(group.counters().held()).isEqualTo(5);
    }

    @Test
    void orReleasedAfterATime() {
        SharedGroup group = group(WhenEmpty.HOLD, HoldLimit.ofNanos(LEASE));
        Offer offer = block(1, 4);
        group.offer(offer, rig.now);
        rig.pass(20, TimeUnit.SECONDS);
        group.offer(block(5, 5), rig.now);
        assertThat(group.tick(rig.now)).isEqualTo(rig.now + TimeUnit.SECONDS.toNanos(10));
        rig.pass(10, TimeUnit.SECONDS);
        assertThat(group.tick(rig.now)).isEqualTo(rig.now + TimeUnit.SECONDS.toNanos(20));
        assertThat(rig.events).containsExactly("released 4 1-4");
        assertThat(offer.isAcknowledged()).isTrue();
    }

    @Test
    void theTimeBeginsWhenTheLastReaderGoes() {
        SharedGroup group = group(WhenEmpty.HOLD, HoldLimit.ofNanos(LEASE));
        GroupReader reader = group.join(false, TimeUnit.HOURS.toNanos(1), rig.now);
        group.offer(block(1, 4), rig.now);
        rig.pass(10, TimeUnit.MINUTES);
        group.tick(rig.now);
        group.leave(reader, rig.now);
        assertThat(rig.events).isEmpty();
        rig.pass(30, TimeUnit.SECONDS);
        group.tick(rig.now);
        assertThat(rig.events).containsExactly("released 4 1-4");
    }

    @Test
    void whileAReaderIsThereNothingIsReleased() {
        SharedGroup group = group(WhenEmpty.ACKNOWLEDGE, HoldLimit.NONE);
        GroupReader reader = group.join(false, LEASE, rig.now);
        Offer offer = block(1, 4);
        group.offer(offer, rig.now);
        assertThat(offer.completions).isZero();
        group.take(reader, rig.now);
        rig.pass(30, TimeUnit.SECONDS);
        group.tick(rig.now);
        assertThat(rig.events).containsExactly("expired 4 1-4", "released 4 1-4");
        assertThat(offer.isAcknowledged()).isTrue();
    }

    @Test
    void aReaderThatWaitsForRecordsIsThere() {
        SharedGroup group = group(WhenEmpty.ACKNOWLEDGE, HoldLimit.NONE);
        group.take(group.join(true, 1, rig.now), rig.now);
        rig.pass(10, TimeUnit.MINUTES);
        group.tick(rig.now);
        assertThat(group.counters().readers()).isEqualTo(1);
        assertThat(rig.events).isEmpty();
    }

    @Test
    void aSilentOldReaderIsNotThereUntilItSpeaks() {
        SharedGroup group = group(WhenEmpty.HOLD, HoldLimit.NONE);
        GroupReader reader = group.join(false, LEASE, rig.now);
        rig.pass(30, TimeUnit.SECONDS);
        group.tick(rig.now);
        assertThat(group.counters().readers()).isZero();
        assertThat(group.take(reader, rig.now).code()).isEqualTo(ReaderGroup.NOTHING);
        assertThat(group.counters().readers()).isEqualTo(1);
        rig.pass(30, TimeUnit.SECONDS);
        group.tick(rig.now);
        rig.pass(1, TimeUnit.HOURS);
        group.tick(rig.now);
        assertThat(rig.events).containsExactly("ended");
        assertThat(group.take(reader, rig.now).code()).isEqualTo(ReaderGroup.PROTOCOL);
    }

    private SharedGroup group(WhenEmpty whenEmpty, HoldLimit limit) {
        return new SharedGroup(new SharingOptions(Order.NONE, whenEmpty, limit, BatchLimits.DEFAULT), rig, rig.now);
    }
}

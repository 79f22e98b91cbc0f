// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AckTrackerTest {

    private static AckTracker with(int records) {
        AckTracker tracker = new AckTracker(0, 0);
        for (int i = 1; i <= records; i++) {
            tracker.add(i, false);
        }
        return tracker;
    }

    @Test
    void positionIsTheAcknowledgedPrefixOnly() {
        AckTracker tracker = with(4);
        assertThat(tracker.acknowledge(1)).isTrue();
        assertThat(tracker.position()).isZero();
        assertThat(tracker.ranges()).containsExactly(2, 2);
        assertThat(tracker.acknowledge(0)).isTrue();
        assertThat(tracker.position()).isEqualTo(2);
        assertThat(tracker.acknowledge(0)).isFalse();
        assertThat(tracker.first()).isEqualTo(2);
    }

    @Test
    void growsWithWhatIsInFlightAndKeepsEveryBit() {
        AckTracker tracker = with(700);
        for (int slot = 0; slot < 600; slot++) {
            tracker.acknowledge(slot);
        }
        for (int i = 701; i <= 5_000; i++) {
            tracker.add(i, false);
        }
        for (int slot = 601; slot < 5_000; slot += 2) {
            tracker.acknowledge(slot);
        }
        assertThat(tracker.position()).isEqualTo(600);
        for (int slot = 600; slot < 5_000; slot++) {
            assertThat(tracker.isAcknowledged(slot)).isEqualTo(slot % 2 == 1);
            assertThat(tracker.index(slot)).isEqualTo(slot + 1);
        }
    }

    @Test
    void aFillerHoldsThePositionUntilItIsAcknowledged() {
        AckTracker tracker = new AckTracker(0, 0);
        tracker.add(1, false);
        tracker.add(3, false);
        tracker.addOutOfOrder(2, 1);
        tracker.acknowledge(0);
        tracker.acknowledge(1);
        assertThat(tracker.position()).isEqualTo(1);
        assertThat(tracker.ranges()).containsExactly(3, 3);
        tracker.acknowledge(2);
        assertThat(tracker.position()).isEqualTo(3);
        assertThat(tracker.ranges()).isEmpty();
    }

    @Test
    void anOpenHoleHoldsThePositionAndRemembersWhatIsBehindIt() {
        AckTracker tracker = new AckTracker(0, 0);
        tracker.limit(1);
        tracker.add(1, false);
        tracker.add(3, false);
        tracker.acknowledge(0);
        tracker.acknowledge(1);
        assertThat(tracker.position()).isEqualTo(1);
        assertThat(tracker.ranges()).containsExactly(3, 3);
        tracker.limit(Long.MAX_VALUE);
        assertThat(tracker.position()).isEqualTo(3);
    }

    @Test
    void slotsOutsideOfWhatWasReadChangeNothing() {
        AckTracker tracker = with(2);
        assertThat(tracker.acknowledge(-1)).isFalse();
        assertThat(tracker.acknowledge(2)).isFalse();
        assertThat(tracker.position()).isZero();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static io.github.camellustre.changelog.ack.IndexSequence.Arrival.FILLS_HOLE;
import static io.github.camellustre.changelog.ack.IndexSequence.Arrival.LATE;
import static io.github.camellustre.changelog.ack.IndexSequence.Arrival.NEXT;
import static io.github.camellustre.changelog.ack.IndexSequence.Arrival.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IndexSequenceTest {
    private final IndexSequence sequence = new IndexSequence(10, true, 3, 1_000);

    @Test
    void aRecordReadBeforeIsRepeated() {
        assertThat(sequence.arrive(11, 0)).isEqualTo(NEXT);
        assertThat(sequence.arrive(11, 0)).isEqualTo(REPEATED);
        assertThat(sequence.arrive(9, 0)).isEqualTo(REPEATED);
        assertThat(sequence.resumeIndex()).isEqualTo(12);
    }

    @Test
    void aHoleLimitsThePrefixUntilItIsFilled() {
        sequence.arrive(14, 0);
        assertThat(sequence.limit()).isEqualTo(10);
        assertThat(sequence.resumeIndex()).isEqualTo(11);
        assertThat(sequence.arrive(12, 0)).isEqualTo(FILLS_HOLE);
        assertThat(sequence.readBefore(12)).isEqualTo(10);
        assertThat(sequence.arrive(11, 0)).isEqualTo(FILLS_HOLE);
        assertThat(sequence.limit()).isEqualTo(12);
        assertThat(sequence.arrive(13, 0)).isEqualTo(FILLS_HOLE);
        assertThat(sequence.hasHoles()).isFalse();
        assertThat(sequence.limit()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aHoleExpiresByTime() {
        sequence.arrive(13, 0);
        assertThat(sequence.expired(999, false)).isEmpty();
        assertThat(sequence.expired(1_000, false)).containsExactly(new IndexSequence.Gap(11, 13));
    }

    @Test
    void aHoleExpiresByRecords() {
        for (int index = 12; index <= 14; index++) {
            sequence.arrive(index, 0);
        }
        assertThat(sequence.expired(0, false)).isEmpty();
        sequence.arrive(15, 0);
        assertThat(sequence.expired(0, false)).hasSize(1);
    }

    @Test
    void aHoleExpiresAtOnceWhenNothingMoreWillCome() {
        sequence.arrive(12, 0);
        assertThat(sequence.expired(0, true)).hasSize(1);
    }

    @Test
    void whatComesForAClosedGapIsLateOnce() {
        sequence.arrive(14, 0);
        sequence.close(new IndexSequence.Gap(11, 14));
        assertThat(sequence.arrive(12, 0)).isEqualTo(LATE);
        assertThat(sequence.arrive(12, 0)).isEqualTo(REPEATED);
        assertThat(sequence.arrive(13, 0)).isEqualTo(LATE);
    }

    @Test
    void withoutAnAnchorTheFirstIndexIsNoGapAndOneBelowItIsNotDropped() {
        IndexSequence fresh = new IndexSequence(0, false, 3, 1_000);
        assertThat(fresh.arrive(500, 0)).isEqualTo(NEXT);
        assertThat(fresh.hasHoles()).isFalse();
        assertThat(fresh.arrive(499, 0)).isEqualTo(FILLS_HOLE);
        assertThat(fresh.arrive(499, 0)).isEqualTo(REPEATED);
    }
}

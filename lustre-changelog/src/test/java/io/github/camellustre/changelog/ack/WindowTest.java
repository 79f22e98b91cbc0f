// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.RecordBlock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowTest {
    private final Window window = new Window(100);
    private final RecordBlock three = LedgerRig.block(7, 8, 9);
    private final RecordBlock one = LedgerRig.block(20);

    @Test
    void isEmptyAtItsFirstSlot() {
        assertThat(window.first()).isEqualTo(100);
        assertThat(window.end()).isEqualTo(100);
        assertThat(window.bytes()).isZero();
        assertThat(window.firstEnd()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> window.span(100)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void findsTheBlockOfASlot() {
        window.add(three);
        window.add(one);
        for (long slot = 100; slot < 103; slot++) {
            assertThat(window.span(slot)).isEqualTo(new Window.Span(100, three));
        }
        assertThat(window.span(103)).isEqualTo(new Window.Span(103, one));
        assertThat(window.end()).isEqualTo(104);
        assertThatThrownBy(() -> window.span(99)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.span(104)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void releasesWholeBlocksOnly() {
        window.add(three);
        window.add(one);
        assertThat(window.bytes()).isEqualTo(three.length() + one.length());
        assertThat(window.releaseBelow(102)).isZero();
        assertThat(window.first()).isEqualTo(100);
        assertThat(window.releaseBelow(103)).isEqualTo(three.length());
        assertThat(window.first()).isEqualTo(103);
        assertThat(window.bytes()).isEqualTo(one.length());
        assertThatThrownBy(() -> window.span(102)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsTheOrderOfSlotsWhenAllWasReleased() {
        window.add(three);
        window.releaseBelow(Long.MAX_VALUE);
        assertThat(window.bytes()).isZero();
        window.add(one);
        assertThat(window.first()).isEqualTo(103);
        assertThat(window.span(103).block()).isSameAs(one);
    }

    @Test
    void findsBlocksAlsoAfterItHasMovedThemUp() {
        for (int index = 1; index <= 300; index++) {
            window.add(LedgerRig.block(index));
        }
        for (long slot = 100; slot < 350; slot++) {
            window.releaseBelow(slot);
            assertThat(window.first()).isEqualTo(slot);
            assertThat(window.span(slot).block().index(0)).isEqualTo(slot - 99);
            assertThat(window.span(399).block().index(0)).isEqualTo(300);
        }
    }

    @Test
    void joinsBlocksForABatch() {
        for (int index = 1; index <= 10; index++) {
            window.add(LedgerRig.block(10L * index, 10L * index + 1));
        }
        long bytes = window.bytes();
        assertThat(window.joined(103, 6)).satisfies(span -> {
            assertThat(span.firstSlot()).isEqualTo(102);
            assertThat(indexes(span.block())).containsExactly(20, 21, 30, 31, 40, 41);
        });
        assertThat(window.joined(108, 7).endSlot()).as("whole blocks only").isEqualTo(114);
        for (long slot = 100; slot < 120; slot++) {
            Window.Span span = window.span(slot);
            assertThat(span.block().index((int) (slot - span.firstSlot())))
                    .isEqualTo(10 * ((slot - 100) / 2 + 1) + slot % 2);
        }
        assertThat(window.bytes()).isEqualTo(bytes);
        assertThat(window.joined(100, 1_000).endSlot()).isEqualTo(window.end());
        assertThat(window.releaseBelow(119)).isZero();
        assertThat(window.releaseBelow(120)).isEqualTo(bytes);
    }

    @Test
    void joinsWhatReadsBroughtToALargerBatch() {
        RecordBlock read = LedgerRig.block(LongStream.rangeClosed(1, 1_024).toArray());
        for (int i = 0; i < 5; i++) {
            window.add(read);
        }
        assertThat(window.joined(100, 4_000).block().count()).isEqualTo(3 * 1_024);
        assertThat(window.joined(100 + 3 * 1_024, 4_000).block().count()).isEqualTo(2 * 1_024);
    }

    @Test
    void leavesWhatDoesNotFitAndTheLastOneAsTheyAre() {
        RecordBlock large = LedgerRig.block(LongStream.rangeClosed(1, 256).toArray());
        window.add(large);
        window.add(three);
        window.add(large);
        window.add(one);
        for (RecordBlock block : List.of(large, three, large, one)) {
            long slot = window.first();
            assertThat(window.joined(slot, 256).block()).isSameAs(block);
            window.releaseBelow(slot + block.count());
        }
    }

    @Test
    void joinsNoMoreThanAMebibyte() {
        RecordBlock block = LedgerRig.block(LongStream.rangeClosed(1, 255).toArray());
        for (int i = 0; i < 200; i++) {
            window.add(block);
        }
        assertThat(window.joined(100, 100_000).block().length()).isBetween((1 << 20) - block.length(), 1 << 20);
    }

    private static long[] indexes(RecordBlock block) {
        return IntStream.range(0, block.count()).mapToLong(block::index).toArray();
    }
}

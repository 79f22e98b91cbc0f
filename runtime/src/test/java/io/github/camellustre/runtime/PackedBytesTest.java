// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackedBytesTest {
    private static final int MEBI = 1 << 20;

    private final Random random = new Random(1);

    @Test
    void givesBackWhatWasAddedInOrder() {
        byte[][] added = IntStream.of(0, 1, 350, 0, MEBI, 1, 40, 350, 0)
                .mapToObj(this::bytes)
                .toArray(byte[][]::new);
        for (int expected : new int[] {0, 1, 700, MEBI}) {
            assertThat(readBack(expected, added)).isDeepEqualTo(added);
        }
    }

    @Test
    void holdsMoreThanOnePieceOfSmallOnes() {
        byte[][] added = IntStream.range(0, 4_000)
                .map(number -> number % 700)
                .mapToObj(this::bytes)
                .toArray(byte[][]::new);
        assertThat(readBack(MEBI, added)).isDeepEqualTo(added);
    }

    @Test
    void canBeReadAgain() {
        PackedBytes packed = new PackedBytes(2);
        packed.add(new byte[] {1, 2});
        assertThat(packed.reader().next(2)).containsExactly(1, 2);
        assertThat(packed.reader().next(2)).containsExactly(1, 2);
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[][] readBack(int expected, byte[][] added) {
        PackedBytes packed = new PackedBytes(expected);
        Stream.of(added).forEach(packed::add);
        PackedBytes.Reader reader = packed.reader();
        return Stream.of(added).map(bytes -> reader.next(bytes.length)).toArray(byte[][]::new);
    }
}

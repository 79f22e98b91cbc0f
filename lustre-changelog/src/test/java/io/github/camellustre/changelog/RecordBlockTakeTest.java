// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordBlockTakeTest {
    private static final String MDT = "fs-MDT0000";

    private static byte[] record(long index, String name) {
        return new RecordBuilder(RecordType.CREAT)
                .index(index)
                .name(name.getBytes(StandardCharsets.US_ASCII))
                .build(MDT)
                .toByteArray();
    }

    private static ByteBuffer stream(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return ByteBuffer.wrap(all.toByteArray());
    }

    @Test
    void leavesWhatItDoesNotTake() {
        ByteBuffer source = stream(record(1, "a"), record(2, "bb"), record(3, "ccc"));
        assertThat(RecordBlock.take(MDT, source, 2, 1 << 20).count()).isEqualTo(2);
        RecordBlock last = RecordBlock.take(MDT, source, 2, 1 << 20);
        assertThat(last.count()).isEqualTo(1);
        assertThat(last.index(0)).isEqualTo(3);
        assertThat(source.hasRemaining()).isFalse();
    }

    @Test
    void takesNoMoreBytesThanAskedForButOneRecord() {
        byte[] first = record(1, "a");
        ByteBuffer source = stream(first, record(2, "b"), record(3, "c"));
        assertThat(RecordBlock.take(MDT, source, 9, 1).count()).isEqualTo(1);
        assertThat(RecordBlock.take(MDT, source, 9, 2 * first.length - 1).count())
                .isEqualTo(1);
        assertThat(source.remaining()).isEqualTo(first.length);
    }

    @Test
    void damageIsMetOnlyBehindTheGoodRecords() {
        byte[] bad = record(2, "b");
        bad[1] = (byte) 0xff;
        for (byte[] damage : new byte[][] {bad, Arrays.copyOf(record(2, "bb"), 65), new byte[3]}) {
            ByteBuffer source = stream(record(1, "a"), damage);
            assertThat(RecordBlock.take(MDT, source, 9, 1 << 20).count()).isEqualTo(1);
            assertThatExceptionOfType(RecordFormatException.class)
                    .isThrownBy(() -> RecordBlock.take(MDT, source, 9, 1 << 20))
                    .withMessageContaining(MDT);
        }
    }
}

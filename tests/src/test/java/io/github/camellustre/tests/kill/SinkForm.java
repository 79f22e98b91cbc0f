// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.kill;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordFormatException;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** How the indexes of the whole records are found in a piece of a sink's file. */
enum SinkForm {
    json("jsonl") {
        private static final byte[] INDEX = {'"', 'i', 'n', 'd', 'e', 'x', '"', ':'};

        @Override
        int read(String mdt, byte[] bytes, int length, LongConsumer indexes) {
            int from = 0;
            for (int end = 0; end < length; end++) {
                if (bytes[end] == '\n') {
                    indexes.accept(index(bytes, from, end));
                    from = end + 1;
                }
            }
            return from;
        }

        private static long index(byte[] line, int from, int end) {
            for (int at = from; at < end - INDEX.length && line[end - 1] == '}'; at++) {
                if (Arrays.equals(line, at, at + INDEX.length, INDEX, 0, INDEX.length)) {
                    long index = 0;
                    for (int digit = at + INDEX.length; line[digit] >= '0' && line[digit] <= '9'; digit++) {
                        index = index * 10 + line[digit] - '0';
                    }
                    return index;
                }
            }
            return BROKEN;
        }
    },
    raw("bin") {
        @Override
        int read(String mdt, byte[] bytes, int length, LongConsumer indexes) {
            int whole = length;
            try {
                RecordBlock.frame(mdt, Arrays.copyOf(bytes, length));
            } catch (RecordFormatException e) {
                whole = Math.toIntExact(e.offset());
            }
            RecordBlock block = RecordBlock.frame(mdt, Arrays.copyOf(bytes, whole));
            for (int i = 0; i < block.count(); i++) {
                indexes.accept(block.index(i));
            }
            return whole;
        }
    };

    /** Given instead of the index where a whole line is no record. */
    static final long BROKEN = -1;

    private final String extension;

    SinkForm(String extension) {
        this.extension = extension;
    }

    String extension() {
        return extension;
    }

    /**
     * @param indexes is given that of each whole record
     * @return the bytes that whole records take
     */
    abstract int read(String mdt, byte[] bytes, int length, LongConsumer indexes);
}

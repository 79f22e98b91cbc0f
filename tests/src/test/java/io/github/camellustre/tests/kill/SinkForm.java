// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.kill;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

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
    /** JSON of what windows came to: of each record all indexes that it stands for. */
    coalesced("jsonl") {
        private static final Pattern STANDS_FOR = Pattern.compile("\"standsFor\":\\[([^]]*)]");

        @Override
        int read(String mdt, byte[] bytes, int length, LongConsumer indexes) {
            int from = 0;
            for (int end = 0; end < length; end++) {
                if (bytes[end] == '\n') {
                    // names are escaped, so a quote ends before what looks like a field in one
                    Matcher standsFor = STANDS_FOR.matcher(new String(bytes, from, end - from, StandardCharsets.UTF_8));
                    if (bytes[end - 1] == '}' && standsFor.find()) {
                        for (String range : standsFor.group(1).split(",")) {
                            range(range.substring(range.indexOf('/') + 1, range.length() - 1), indexes);
                        }
                    } else {
                        json.read(mdt, Arrays.copyOfRange(bytes, from, end + 1), end + 1 - from, indexes);
                    }
                    from = end + 1;
                }
            }
            return from;
        }
    },
    /** What windows cancelled: a line {@code MDT:3-5,9;} for each, torn ones without the semicolon. */
    cancelled("cancelled") {
        @Override
        int read(String mdt, byte[] bytes, int length, LongConsumer indexes) {
            int from = 0;
            for (int end = 0; end < length; end++) {
                if (bytes[end] == '\n') {
                    String line = new String(bytes, from, end - from, StandardCharsets.UTF_8);
                    if (line.startsWith(mdt + ":") && line.endsWith(";")) {
                        for (String range : line.substring(mdt.length() + 1, line.length() - 1)
                                .split(",")) {
                            range(range, indexes);
                        }
                    }
                    from = end + 1;
                }
            }
            return from;
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

    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");

    private static void range(String text, LongConsumer indexes) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            indexes.accept(BROKEN);
            return;
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
        LongStream.rangeClosed(first, last).forEach(indexes);
    }

    private final String extension;

    SinkForm(String extension) {
        this.extension = extension;
    }

    String extension() {
        return extension;
    }

    /** Whether records come in the order of their indexes. */
    boolean isOrdered() {
        return this == json || this == raw;
    }

    /**
     * @param indexes is given that of each whole record
     * @return the bytes that whole records take
     */
    abstract int read(String mdt, byte[] bytes, int length, LongConsumer indexes);
}

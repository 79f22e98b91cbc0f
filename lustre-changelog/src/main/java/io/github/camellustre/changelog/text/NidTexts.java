// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import io.github.camellustre.changelog.RecordCursor;
import java.nio.charset.StandardCharsets;

/** NIDs as text. A changelog comes from few clients, so the last ones are remembered; a collision only costs time. */
final class NidTexts {
    private static final int SIZE = 1024;
    private static final int WORDS = 3;

    /** Three words of each NID. */
    private final long[] keys = new long[SIZE * WORDS];

    private final boolean[] bigEndian = new boolean[SIZE];
    private final byte[][] texts = new byte[SIZE][];

    byte[] of(RecordCursor record) {
        int at = record.nidAt();
        long first = record.word(at);
        long second = record.word(at + 8);
        long third = record.word(at + 16);
        boolean form = record.isBigEndianNid();
        long mixed = (first * 31 + second) * 31 + third;
        int slot = (int) ((mixed * 0x9E3779B97F4A7C15L) >>> 54);
        int key = slot * WORDS;
        if (texts[slot] == null
                || keys[key] != first
                || keys[key + 1] != second
                || keys[key + 2] != third
                || bigEndian[slot] != form) {
            keys[key] = first;
            keys[key + 1] = second;
            keys[key + 2] = third;
            bigEndian[slot] = form;
            texts[slot] = record.nid().toString().getBytes(StandardCharsets.US_ASCII);
        }
        return texts[slot];
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers texts from 0 on as they are met, without an object for one that is there. */
final class TextTable {
    private final List<byte[]> texts = new ArrayList<>();
    /** Numbers plus one, 0 where free. */
    private int[] buckets = new int[64];

    int number(byte[] bytes, int from, int to) {
        int mask = buckets.length - 1;
        int bucket = hash(bytes, from, to) & mask;
        while (buckets[bucket] != 0) {
            byte[] text = texts.get(buckets[bucket] - 1);
            if (Arrays.equals(text, 0, text.length, bytes, from, to)) {
                return buckets[bucket] - 1;
            }
            bucket = bucket + 1 & mask;
        }
        texts.add(Arrays.copyOfRange(bytes, from, to));
        buckets[bucket] = texts.size();
        if (texts.size() * 2 > buckets.length) {
            grow();
        }
        return texts.size() - 1;
    }

    private void grow() {
        buckets = new int[buckets.length * 2];
        int mask = buckets.length - 1;
        for (int number = 0; number < texts.size(); number++) {
            byte[] text = texts.get(number);
            int bucket = hash(text, 0, text.length) & mask;
            while (buckets[bucket] != 0) {
                bucket = bucket + 1 & mask;
            }
            buckets[bucket] = number + 1;
        }
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + bytes[at];
        }
        return hash ^ hash >>> 15;
    }

    int number(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return number(bytes, 0, bytes.length);
    }

    /** Bad UTF-8 is U+FFFD. */
    String text(int number) {
        return new String(texts.get(number), StandardCharsets.UTF_8);
    }
}

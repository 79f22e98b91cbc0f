// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, and numbers written into them by hand: no allocation but to grow. */
final class TextBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    TextBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Makes room for so many bytes; the other methods rely on it and do not look. */
    void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), (int)
                    Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }

    void put(char ascii) {
        bytes[length++] = (byte) ascii;
    }

    void put(byte[] text) {
        put(text, 0, text.length);
    }

    void put(byte[] text, int from, int to) {
        System.arraycopy(text, from, bytes, length, to - from);
        length += to - from;
    }

    void unsigned(long number) {
        if (number < 0) {
            put(Long.toUnsignedString(number).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        int digits = 1;
        for (long limit = 10; digits < 19 && number >= limit; limit *= 10) {
            digits++;
        }
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + number % 10);
            number /= 10;
        }
        length += digits;
    }

    /** As printf's {@code %0<width>d}: more digits where the number needs them. */
    void padded(int number, int width) {
        int limit = 1;
        for (int i = 0; i < width; i++) {
            limit *= 10;
        }
        if (number < 0 || number >= limit) {
            put(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        for (int at = length + width - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + number % 10);
            number /= 10;
        }
        length += width;
    }

    void hex(long number) {
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(number)) / 4);
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = HEX[(int) number & 0xf];
            number >>>= 4;
        }
        length += digits;
    }
}

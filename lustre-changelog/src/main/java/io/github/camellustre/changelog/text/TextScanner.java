// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import java.nio.charset.StandardCharsets;

/**
 * Reads the numbers and FIDs of a line, each only in the one form in which Lustre prints it, so that what was read
 * prints the same again. A method that does not find what it looks for returns false and leaves the place where it was.
 */
final class TextScanner {
    private static final int MAX_DIGITS = 20;

    private byte[] bytes;
    private int at;
    private int end;

    private long number;
    private long sequence;
    private int objectId;
    private int version;

    void moveTo(byte[] array, int from, int to) {
        bytes = array;
        at = from;
        end = to;
    }

    int at() {
        return at;
    }

    void at(int place) {
        at = place;
    }

    int end() {
        return end;
    }

    boolean atEnd() {
        return at == end;
    }

    /** A field ends here: at the end, or at a space. */
    boolean atFieldEnd() {
        return at == end || bytes[at] == ' ';
    }

    long number() {
        return number;
    }

    long sequence() {
        return sequence;
    }

    int objectId() {
        return objectId;
    }

    int version() {
        return version;
    }

    boolean fidIsZero() {
        return sequence == 0 && objectId == 0;
    }

    boolean skip(char ascii) {
        if (at < end && bytes[at] == ascii) {
            at++;
            return true;
        }
        return false;
    }

    boolean skip(byte[] text) {
        if (end - at < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        at += text.length;
        return true;
    }

    /** An unsigned number of 64 bits without leading zeros. */
    boolean decimal() {
        int from = at;
        long value = 0;
        while (at < end && isDigit(bytes[at]) && at - from < MAX_DIGITS) {
            value = value * 10 + bytes[at++] - '0';
        }
        int digits = at - from;
        boolean good = digits > 0 && (digits == 1 || bytes[from] != '0') && !(at < end && isDigit(bytes[at]));
        if (good && digits == MAX_DIGITS) {
            good = Long.toUnsignedString(value).equals(new String(bytes, from, digits, StandardCharsets.US_ASCII));
        }
        return keep(good, from, value);
    }

    /** As printf's {@code %0<width>d} of a number from 0 to {@code max}. */
    boolean padded(int width, int max) {
        int from = at;
        long value = 0;
        while (at < end && isDigit(bytes[at]) && at - from < 10) {
            value = value * 10 + bytes[at++] - '0';
        }
        int digits = at - from;
        boolean good = value <= max && (digits == width || digits > width && bytes[from] != '0');
        return keep(good, from, value);
    }

    /** An unsigned number in hexadecimal, of at most so many digits, without leading zeros. */
    boolean hex(int maxDigits) {
        int from = at;
        long value = 0;
        while (at < end && at - from < maxDigits) {
            int digit = hexDigit(bytes[at]);
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
            at++;
        }
        int digits = at - from;
        boolean good = digits > 0 && (digits == 1 || bytes[from] != '0') && !(at < end && hexDigit(bytes[at]) >= 0);
        return keep(good, from, value);
    }

    boolean fid() {
        int from = at;
        if (skip('[')) {
            boolean prefixed = skip('0') && skip('x');
            if (!prefixed) {
                at = from + 1;
            }
            // A zero sequence has no 0x, another one has.
            if (hex(16) && (number != 0) == prefixed) {
                final long first = number;
                if (skip(':') && skip('0') && skip('x') && hex(8)) {
                    final int second = (int) number;
                    if (skip(':') && skip('0') && skip('x') && hex(8) && skip(']')) {
                        sequence = first;
                        objectId = second;
                        version = (int) number;
                        return true;
                    }
                }
            }
        }
        at = from;
        return false;
    }

    private boolean keep(boolean good, int from, long value) {
        if (good) {
            number = value;
        } else {
            at = from;
        }
        return good;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static int hexDigit(byte b) {
        if (isDigit(b)) {
            return b - '0';
        }
        return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
    }
}

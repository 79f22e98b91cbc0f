// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.github.camellustre.changelog.Fid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A short text built as bytes, without a String and without java.time: FIDs and times are most of a record's JSON. Reused. */
final class AsciiText {
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int SECONDS_PER_DAY = 86_400;

    private static final int TO_SECOND = "2026-11-22T09:56:24.".length();
    private static final int NANO_DIGITS = 9;
    private static final int LONG_DIGITS = 19;

    private byte[] bytes = new byte[128];
    private int length;

    /** Records of one second follow each other. */
    private long lastSecond = -1;

    private final byte[] lastSecondText = new byte[TO_SECOND];

    static boolean isAscii(byte[] text) {
        for (byte b : text) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    AsciiText clear() {
        length = 0;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    AsciiText append(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * length, length + more));
        }
    }

    AsciiText append(String text) {
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i));
        }
        return this;
    }

    AsciiText append(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    AsciiText appendUnsigned(long value) {
        if (value < 0) {
            return append(Long.toUnsignedString(value));
        }
        reserve(LONG_DIGITS);
        length = NumberOutput.outputLong(value, bytes, length);
        return this;
    }

    private AsciiText appendPadded(int value, int digits) {
        reserve(digits);
        int rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** As {@link Fid#toString}. */
    AsciiText append(Fid fid) {
        reserve(Fid.TEXT_SIZE);
        length = fid.writeText(bytes, length);
        return this;
    }

    /** {@code 2026-11-22T09:56:24.293550950Z}; nanoseconds of a second and more carry over. */
    AsciiText appendTime(long epochSecond, int nanos) {
        long second = wholeSeconds(epochSecond, nanos);
        if (second != lastSecond) {
            int begin = length;
            appendSecond(second);
            System.arraycopy(bytes, begin, lastSecondText, 0, TO_SECOND);
            lastSecond = second;
        } else {
            reserve(TO_SECOND);
            System.arraycopy(lastSecondText, 0, bytes, length, TO_SECOND);
            length += TO_SECOND;
        }
        return appendPadded(nanos % NANOS_PER_SECOND, NANO_DIGITS).append('Z');
    }

    private void appendSecond(long second) {
        int inDay = (int) (second % SECONDS_PER_DAY);
        appendDay(second / SECONDS_PER_DAY, '-');
        append('T').appendPadded(inDay / 3600, 2);
        append(':').appendPadded(inDay / 60 % 60, 2);
        append(':').appendPadded(inDay % 60, 2).append('.');
    }

    /** The day since 1970, in UTC, that {@link #appendTime} prints. */
    static long epochDay(long epochSecond, int nanos) {
        return wholeSeconds(epochSecond, nanos) / SECONDS_PER_DAY;
    }

    private static long wholeSeconds(long epochSecond, int nanos) {
        return epochSecond + nanos / NANOS_PER_SECOND;
    }

    /** Gregorian, for days since 1970 that are not negative: years begin in March here, so that a leap day ends one. */
    AsciiText appendDay(long epochDay, char separator) {
        long day = epochDay + 719_468;
        long era = day / 146_097;
        long ofEra = day % 146_097;
        long yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        long ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long month = (5 * ofYear + 2) / 153;
        appendPadded((int) (era * 400 + yearOfEra + (month >= 10 ? 1 : 0)), 4);
        append(separator).appendPadded((int) (month < 10 ? month + 3 : month - 9), 2);
        return append(separator).appendPadded((int) (ofYear - (153 * month + 2) / 5 + 1), 2);
    }
}

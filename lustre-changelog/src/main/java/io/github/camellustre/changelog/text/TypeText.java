// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import io.github.camellustre.changelog.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The type column: number of two digits, name of five letters or more. */
final class TypeText {
    /** What C's printf makes of the name that {@code lfs} does not have for a type that is newer than it. */
    private static final byte[] UNKNOWN = "(null)".getBytes(StandardCharsets.US_ASCII);

    private static final byte[][] KNOWN = known();

    private TypeText() {}

    static void put(TextBuffer out, int number) {
        if (number >= 0 && number < KNOWN.length) {
            out.put(KNOWN[number]);
        } else {
            out.padded(number, 2);
            out.put(UNKNOWN);
        }
    }

    /** Whether {@code [from, to)} is the name and padding that belongs to the number; a newer type may have any name. */
    static boolean matches(int number, byte[] bytes, int from, int to) {
        if (number < 0 || number >= KNOWN.length) {
            return to > from;
        }
        byte[] text = KNOWN[number];
        return Arrays.equals(bytes, from, to, text, 2, text.length);
    }

    /** Width of a known type's name and padding. */
    static int nameWidth(int number) {
        return KNOWN[number].length - 2;
    }

    static boolean isKnown(int number) {
        return number >= 0 && number < KNOWN.length;
    }

    private static byte[][] known() {
        List<RecordType> types = RecordType.known();
        byte[][] texts = new byte[types.size()][];
        for (RecordType type : types) {
            texts[type.number()] =
                    String.format("%02d%-5s", type.number(), type).getBytes(StandardCharsets.US_ASCII);
        }
        return texts;
    }
}

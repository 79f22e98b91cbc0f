// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.nio.charset.StandardCharsets;

/**
 * A Lustre file identifier: sequence, object id, version. Immutable; equal by value.
 *
 * @param sequence unsigned 64 bits
 * @param objectId unsigned 32 bits
 * @param version unsigned 32 bits
 */
public record Fid(long sequence, int objectId, int version) {
    public static final Fid ZERO = new Fid(0, 0, 0);

    /** Bytes of the longest text, {@code [0xffffffffffffffff:0xffffffff:0xffffffff]}. */
    public static final int TEXT_SIZE = 42;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    /** True for no object at all; the version does not count, as in Lustre's fid_is_zero(). */
    public boolean isZero() {
        return sequence == 0 && objectId == 0;
    }

    /**
     * Reads what {@link #toString} writes, with or without brackets.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Fid parse(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String[] parts = (bracketed ? text.substring(1, text.length() - 1) : text).split(":", -1);
        try {
            if (parts.length == 3) {
                return new Fid(
                        Long.parseUnsignedLong(hex(parts[0]), 16),
                        Integer.parseUnsignedInt(hex(parts[1]), 16),
                        Integer.parseUnsignedInt(hex(parts[2]), 16));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no FID: '" + text + "'", e);
        }
        throw new IllegalArgumentException("no FID: '" + text + "'");
    }

    private static String hex(String number) {
        return number.startsWith("0x") ? number.substring(2) : number;
    }

    /** As Lustre prints it, {@code [0x200000402:0x3:0x0]}; a zero sequence prints without {@code 0x}, as printf's %#llx does. */
    @Override
    public String toString() {
        byte[] text = new byte[TEXT_SIZE];
        return new String(text, 0, writeText(text, 0), StandardCharsets.ISO_8859_1);
    }

    /** Writes {@link #toString} as ASCII, {@link #TEXT_SIZE} bytes at most; returns where it ends. */
    public int writeText(byte[] into, int from) {
        int at = from;
        into[at++] = '[';
        if (sequence != 0) {
            into[at++] = '0';
            into[at++] = 'x';
        }
        at = writeHex(sequence, into, at);
        at = writeHex(Integer.toUnsignedLong(objectId), into, separate(into, at));
        at = writeHex(Integer.toUnsignedLong(version), into, separate(into, at));
        into[at++] = ']';
        return at;
    }

    private static int separate(byte[] into, int at) {
        into[at] = ':';
        into[at + 1] = '0';
        into[at + 2] = 'x';
        return at + 3;
    }

    private static int writeHex(long value, byte[] into, int at) {
        int end = at + Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
        long rest = value;
        for (int digit = end - 1; digit >= at; digit--) {
            into[digit] = HEX[(int) rest & 0xf];
            rest >>>= 4;
        }
        return end;
    }
}

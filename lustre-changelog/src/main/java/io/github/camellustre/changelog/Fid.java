// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

/**
 * A Lustre file identifier: sequence, object id, version. Immutable; equal by value.
 *
 * @param sequence unsigned 64 bits
 * @param objectId unsigned 32 bits
 * @param version unsigned 32 bits
 */
public record Fid(long sequence, int objectId, int version) {
    public static final Fid ZERO = new Fid(0, 0, 0);

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
        StringBuilder text = new StringBuilder(36).append('[');
        if (sequence != 0) {
            text.append("0x");
        }
        return text.append(Long.toHexString(sequence))
                .append(":0x")
                .append(Integer.toHexString(objectId))
                .append(":0x")
                .append(Integer.toHexString(version))
                .append(']')
                .toString();
    }
}

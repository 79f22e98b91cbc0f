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

    public boolean isZero() {
        return sequence == 0 && objectId == 0 && version == 0;
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

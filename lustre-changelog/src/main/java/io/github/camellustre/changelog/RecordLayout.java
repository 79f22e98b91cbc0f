// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Where the fields of {@code struct changelog_rec} lie: 64 bytes, the extensions that the flags announce, the name. Little-endian, unaligned. */
final class RecordLayout {
    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static final int NAME_LENGTH = 0;
    static final int FLAGS = 2;
    static final int TYPE = 4;
    static final int INDEX = 8;
    static final int PREVIOUS = 16;
    static final int TIME = 24;
    static final int TARGET_FID = 32;
    static final int PARENT_FID = 48;
    static final int HEADER = 64;

    /** The low bits of the time; the seconds are above them. */
    static final int NANOS_MASK = (1 << 30) - 1;

    static final int FLAG_VERSION = 0x1000;
    static final int FLAG_RENAME = 0x2000;
    static final int FLAG_JOBID = 0x4000;
    static final int FLAG_EXTRA = 0x8000;
    static final int TYPE_FLAGS = 0xfff;

    static final long EXTRA_UIDGID = 0x1;
    static final long EXTRA_NID = 0x2;
    static final long EXTRA_OPEN = 0x4;
    static final long EXTRA_XATTR = 0x8;
    static final long EXTRA_NID_BE = 0x10;
    static final long EXTRA_KNOWN = EXTRA_UIDGID | EXTRA_NID | EXTRA_OPEN | EXTRA_XATTR | EXTRA_NID_BE;

    static final int FID_SIZE = 16;
    static final int RENAME_SIZE = 32;
    static final int JOBID_SIZE = 32;
    static final int EXTRA_SIZE = 8;
    static final int UIDGID_SIZE = 16;
    static final int NID_SIZE = 24;
    static final int OPEN_SIZE = 4;
    static final int XATTR_SIZE = 256;

    /** Two names of 255 bytes with a NUL each: what Lustre's own buffers (CR_MAXSIZE) provide for. More is no name length but garbage. */
    static final int MAX_NAME = 2 * (255 + 1);

    /** Largest record that {@link #length} accepts. */
    static final int MAX_RECORD =
            HEADER + RENAME_SIZE + JOBID_SIZE + EXTRA_SIZE + UIDGID_SIZE + NID_SIZE + OPEN_SIZE + XATTR_SIZE + MAX_NAME;

    private static final int[] FIXED_SIZE = fixedSizes();
    private static final int[] EXTRA_SIZES = extraSizes();

    private RecordLayout() {}

    static int u16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    static int u32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long u64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static Fid fid(byte[] bytes, int at) {
        return new Fid(u64(bytes, at), u32(bytes, at + 8), u32(bytes, at + 12));
    }

    /** As Lustre's fid_is_zero(): the version does not count. */
    static boolean fidIsZero(byte[] bytes, int at) {
        return u64(bytes, at) == 0 && u32(bytes, at + 8) == 0;
    }

    /**
     * Length of the record at {@code at}, every extension and the name included.
     *
     * @throws RecordFormatException if the bytes up to {@code limit} do not hold it whole, or its name is longer than
     *     two names can be
     */
    static int length(String mdt, byte[] bytes, int at, int limit) {
        int available = limit - at;
        if (available < HEADER) {
            throw new RecordFormatException(
                    mdt, at, -1, "truncated: " + available + " bytes left, a header has " + HEADER);
        }
        int head = u32(bytes, at);
        int nameLength = head & 0xffff;
        int flags = head >>> 16;
        int fixed = FIXED_SIZE[flags >>> 13];
        if ((flags & FLAG_EXTRA) != 0) {
            if (available < fixed) {
                throw truncated(mdt, bytes, at, available, fixed);
            }
            fixed += extraSize(u64(bytes, at + fixed - EXTRA_SIZE));
        }
        int length = fixed + nameLength;
        if (nameLength > MAX_NAME) {
            throw new RecordFormatException(
                    mdt,
                    at,
                    u64(bytes, at + INDEX),
                    "a name of " + nameLength + " bytes, at most " + MAX_NAME + " are possible");
        }
        if (available < length) {
            throw truncated(mdt, bytes, at, available, length);
        }
        return length;
    }

    /** Bytes that follow the extra-flags word. Unknown bits add none: the format gives no way to know their size. */
    static int extraSize(long extraFlags) {
        return EXTRA_SIZES[(int) extraFlags & 0xf];
    }

    /** Bytes up to and including the extra-flags word, where there is one. */
    static int fixedSize(int flags) {
        return FIXED_SIZE[flags >>> 13];
    }

    /** Where the NUL of a C string lies in {@code [from, to)}, or {@code to}. */
    static int textEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != 0) {
            at++;
        }
        return at;
    }

    private static RecordFormatException truncated(String mdt, byte[] bytes, int at, int available, int length) {
        return new RecordFormatException(
                mdt, at, u64(bytes, at + INDEX), "truncated: " + available + " bytes left of " + length);
    }

    private static int[] fixedSizes() {
        int[] sizes = new int[8];
        for (int bits = 0; bits < sizes.length; bits++) {
            int flags = bits << 13;
            sizes[bits] = HEADER
                    + ((flags & FLAG_RENAME) != 0 ? RENAME_SIZE : 0)
                    + ((flags & FLAG_JOBID) != 0 ? JOBID_SIZE : 0)
                    + ((flags & FLAG_EXTRA) != 0 ? EXTRA_SIZE : 0);
        }
        return sizes;
    }

    private static int[] extraSizes() {
        int[] sizes = new int[16];
        for (int bits = 0; bits < sizes.length; bits++) {
            sizes[bits] = ((bits & EXTRA_UIDGID) != 0 ? UIDGID_SIZE : 0)
                    + ((bits & EXTRA_NID) != 0 ? NID_SIZE : 0)
                    + ((bits & EXTRA_OPEN) != 0 ? OPEN_SIZE : 0)
                    + ((bits & EXTRA_XATTR) != 0 ? XATTR_SIZE : 0);
        }
        return sizes;
    }
}

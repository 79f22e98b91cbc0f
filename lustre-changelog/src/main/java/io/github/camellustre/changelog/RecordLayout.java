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

    static final int FLAG_RENAME = 0x2000;
    static final int FLAG_JOBID = 0x4000;
    static final int FLAG_EXTRA = 0x8000;

    static final int RENAME_SIZE = 32;
    static final int JOBID_SIZE = 32;
    static final int EXTRA_SIZE = 8;
    static final int UIDGID_SIZE = 16;
    static final int NID_SIZE = 24;
    static final int OPEN_SIZE = 4;
    static final int XATTR_SIZE = 256;

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

    /**
     * Length of the record at {@code at}, every extension and the name included.
     *
     * @throws RecordFormatException if the bytes up to {@code limit} do not hold it whole
     */
    static int length(String mdt, byte[] bytes, int at, int limit) {
        int available = limit - at;
        if (available < HEADER) {
            throw new RecordFormatException(
                    mdt, at, -1, "truncated: " + available + " bytes left, a header has " + HEADER);
        }
        int length = HEADER + u16(bytes, at + NAME_LENGTH);
        int flags = u16(bytes, at + FLAGS);
        if ((flags & FLAG_RENAME) != 0) {
            length += RENAME_SIZE;
        }
        if ((flags & FLAG_JOBID) != 0) {
            length += JOBID_SIZE;
        }
        if ((flags & FLAG_EXTRA) != 0) {
            int extraAt = at + length - u16(bytes, at + NAME_LENGTH);
            length += EXTRA_SIZE;
            if (available < length - u16(bytes, at + NAME_LENGTH)) {
                throw new RecordFormatException(mdt, at, u64(bytes, at + INDEX), "truncated in its extra flags");
            }
            length += extraSize(u64(bytes, extraAt));
        }
        if (available < length) {
            throw new RecordFormatException(
                    mdt, at, u64(bytes, at + INDEX), "truncated: " + available + " bytes left of " + length);
        }
        return length;
    }

    /** Bytes that follow the extra-flags word. Unknown bits add none: the format gives no way to know their size. */
    static int extraSize(long extraFlags) {
        int size = 0;
        if ((extraFlags & 0x1) != 0) {
            size += UIDGID_SIZE;
        }
        if ((extraFlags & 0x2) != 0) {
            size += NID_SIZE;
        }
        if ((extraFlags & 0x4) != 0) {
            size += OPEN_SIZE;
        }
        if ((extraFlags & 0x8) != 0) {
            size += XATTR_SIZE;
        }
        return size;
    }
}

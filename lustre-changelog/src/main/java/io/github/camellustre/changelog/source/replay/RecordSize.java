// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Measures a record whose bytes may not all be there yet. */
final class RecordSize {
    static final int UNKNOWN = -1;
    static final int HEADER = 64;
    /** Two names of 255 bytes and what lies between. */
    static final int LONGEST_NAMES = 512;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int RENAME = 0x2000;
    private static final int JOBID = 0x4000;
    private static final int EXTRA = 0x8000;

    private RecordSize() {}

    /** Bytes of the record at {@code at}; {@link #UNKNOWN} if those up to {@code limit} do not tell. */
    static int of(byte[] bytes, int at, int limit) {
        if (limit - at < HEADER) {
            return UNKNOWN;
        }
        int flags = (short) SHORT.get(bytes, at + 2) & 0xffff;
        int size = HEADER;
        if ((flags & RENAME) != 0) {
            size += 32;
        }
        if ((flags & JOBID) != 0) {
            size += 32;
        }
        if ((flags & EXTRA) != 0) {
            if (limit - at < size + 8) {
                return UNKNOWN;
            }
            long extra = (long) LONG.get(bytes, at + size);
            size += 8 + extras(extra);
        }
        return size + nameLength(bytes, at);
    }

    static int nameLength(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    static long index(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at + 8);
    }

    /** The nanoseconds of the record's time, which are below a thousand million in every real record. */
    static int nanos(byte[] bytes, int at) {
        return (int) (long) LONG.get(bytes, at + 24) & 0x3fffffff;
    }

    private static int extras(long extra) {
        int size = 0;
        if ((extra & 0x1) != 0) {
            size += 16;
        }
        if ((extra & 0x2) != 0) {
            size += 24;
        }
        if ((extra & 0x4) != 0) {
            size += 4;
        }
        if ((extra & 0x8) != 0) {
            size += 256;
        }
        return size;
    }
}

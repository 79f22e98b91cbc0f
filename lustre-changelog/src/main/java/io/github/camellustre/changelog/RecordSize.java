// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

/** Measures a record whose bytes may not all be there yet: for those who cut streams into records. */
public final class RecordSize {
    public static final int UNKNOWN = -1;
    public static final int HEADER = RecordLayout.HEADER;
    /** Two names of 255 bytes and what lies between. */
    public static final int LONGEST_NAMES = RecordLayout.MAX_NAME;

    private RecordSize() {}

    /** Bytes of the record at {@code at}; {@link #UNKNOWN} if those up to {@code limit} do not tell. */
    public static int of(byte[] bytes, int at, int limit) {
        if (limit - at < HEADER || limit - at < told(bytes, at)) {
            return UNKNOWN;
        }
        int size = told(bytes, at);
        if ((RecordLayout.u16(bytes, at + RecordLayout.FLAGS) & RecordLayout.FLAG_EXTRA) != 0) {
            size += RecordLayout.extraSize(RecordLayout.u64(bytes, at + size - RecordLayout.EXTRA_SIZE));
        }
        return size + nameLength(bytes, at);
    }

    /** So many bytes of a record, of which the first {@link #HEADER} are there, tell its size. */
    public static int told(byte[] bytes, int at) {
        return RecordLayout.fixedSize(RecordLayout.u16(bytes, at + RecordLayout.FLAGS));
    }

    public static int nameLength(byte[] bytes, int at) {
        return RecordLayout.u16(bytes, at + RecordLayout.NAME_LENGTH);
    }

    public static long index(byte[] bytes, int at) {
        return RecordLayout.u64(bytes, at + RecordLayout.INDEX);
    }

    /** The nanoseconds of the record's time, which are below a thousand million in every real record. */
    public static int nanos(byte[] bytes, int at) {
        return (int) RecordLayout.u64(bytes, at + RecordLayout.TIME) & RecordLayout.NANOS_MASK;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.Arrays;

/** Writes records without the fields that their reader does not understand, one behind the other; see {@link RecordFormat}. */
final class RecordEncoder {
    private final int strippedFlags;
    private final long strippedExtraFlags;
    private final byte[] to;
    private int end;

    RecordEncoder(int strippedFlags, long strippedExtraFlags, byte[] to, int at) {
        this.strippedFlags = strippedFlags;
        this.strippedExtraFlags = strippedExtraFlags;
        this.to = to;
        this.end = at;
    }

    /** Where the next record begins. */
    int end() {
        return end;
    }

    void copy(byte[] from, int at, int limit) {
        System.arraycopy(from, at, to, end, limit - at);
        end += limit - at;
    }

    /** One record, whose name ends at {@code limit}. */
    void write(byte[] from, int offset, int limit) {
        int flags = RecordLayout.u16(from, offset + RecordLayout.FLAGS);
        int kept = flags & ~strippedFlags;
        int start = end;
        int at = offset + RecordLayout.HEADER;
        copy(from, offset, at);
        RecordLayout.SHORT.set(to, start + RecordLayout.FLAGS, (short) (kept | RecordLayout.FLAG_VERSION));
        if ((flags & RecordLayout.FLAG_RENAME) != 0) {
            at = field(from, at, RecordLayout.RENAME_SIZE, (kept & RecordLayout.FLAG_RENAME) != 0);
        }
        if ((flags & RecordLayout.FLAG_JOBID) != 0) {
            at = field(from, at, RecordLayout.JOBID_SIZE, (kept & RecordLayout.FLAG_JOBID) != 0);
        }
        if ((flags & RecordLayout.FLAG_EXTRA) != 0) {
            at = (kept & RecordLayout.FLAG_EXTRA) != 0
                    ? extraFields(from, at)
                    : at + RecordLayout.EXTRA_SIZE + RecordLayout.extraSize(RecordLayout.u64(from, at));
        }
        copy(from, at, limit);
    }

    private int extraFields(byte[] from, int wordAt) {
        long extra = RecordLayout.u64(from, wordAt);
        long kept = extra & ~strippedExtraFlags;
        RecordLayout.LONG.set(to, end, kept);
        end += RecordLayout.EXTRA_SIZE;
        int at = wordAt + RecordLayout.EXTRA_SIZE;
        for (long bit = RecordLayout.EXTRA_UIDGID; bit <= RecordLayout.EXTRA_XATTR; bit <<= 1) {
            if (bit == RecordLayout.EXTRA_NID
                    && (extra & ~kept & RecordLayout.EXTRA_NID_BE) != 0
                    && (kept & bit) != 0) {
                at = oldNid(from, at);
            } else {
                at = field(from, at, RecordLayout.extraSize(extra & bit), (kept & bit) != 0);
            }
        }
        return at;
    }

    private int oldNid(byte[] from, int at) {
        RecordLayout.LONG.set(to, end, Nid.ofStruct(from, at).toLong());
        Arrays.fill(to, end + Long.BYTES, end + RecordLayout.NID_SIZE, (byte) 0);
        end += RecordLayout.NID_SIZE;
        return at + RecordLayout.NID_SIZE;
    }

    private int field(byte[] from, int at, int size, boolean kept) {
        if (kept) {
            copy(from, at, at + size);
        }
        return at + size;
    }
}

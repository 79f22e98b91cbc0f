// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.Arrays;

/** Compares records by those of their bytes that mean something; see {@link ChangelogRecord}. */
final class RecordBytes {
    private RecordBytes() {}

    static boolean same(byte[] a, int at, int length, byte[] b, int from, int fromLength) {
        if (length != fromLength || !range(a, at, b, from, 0, RecordLayout.PARENT_FID)) {
            return false;
        }
        int flags = RecordLayout.u16(a, at + RecordLayout.FLAGS);
        boolean mark = RecordLayout.u32(a, at + RecordLayout.TYPE) == RecordType.MARK.number();
        int place = mark ? RecordLayout.HEADER : RecordLayout.PARENT_FID;
        int named = length - RecordLayout.u16(a, at + RecordLayout.NAME_LENGTH);
        if ((flags & RecordLayout.FLAG_JOBID) != 0) {
            int job = RecordLayout.HEADER + ((flags & RecordLayout.FLAG_RENAME) != 0 ? RecordLayout.RENAME_SIZE : 0);
            if (!range(a, at, b, from, place, job) || !text(a, at + job, b, from + job, RecordLayout.JOBID_SIZE)) {
                return false;
            }
            place = job + RecordLayout.JOBID_SIZE;
        }
        if ((flags & RecordLayout.FLAG_EXTRA) != 0) {
            long extra = RecordLayout.u64(a, at + RecordLayout.fixedSize(flags) - RecordLayout.EXTRA_SIZE);
            if ((extra & RecordLayout.EXTRA_XATTR) != 0) {
                // The last of the extensions. Equal extra flags are seen to before the place is used in b.
                int xattr = named - RecordLayout.XATTR_SIZE;
                if (!range(a, at, b, from, place, xattr)
                        || !text(a, at + xattr, b, from + xattr, RecordLayout.XATTR_SIZE)) {
                    return false;
                }
                place = named;
            }
        }
        return range(a, at, b, from, place, mark ? named : length);
    }

    /** Of the fields that tell records apart: index, time, target. */
    static int hash(byte[] bytes, int at) {
        return Arrays.hashCode(new long[] {
            RecordLayout.u64(bytes, at + RecordLayout.INDEX),
            RecordLayout.u64(bytes, at + RecordLayout.TIME),
            RecordLayout.u64(bytes, at + RecordLayout.TARGET_FID),
            RecordLayout.u64(bytes, at + RecordLayout.TARGET_FID + 8)
        });
    }

    private static boolean range(byte[] a, int at, byte[] b, int from, int start, int end) {
        return Arrays.equals(a, at + start, at + end, b, from + start, from + end);
    }

    private static boolean text(byte[] a, int at, byte[] b, int from, int size) {
        return Arrays.equals(
                a, at, RecordLayout.textEnd(a, at, at + size), b, from, RecordLayout.textEnd(b, from, from + size));
    }
}

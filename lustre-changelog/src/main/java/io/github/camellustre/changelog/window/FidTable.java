// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordCursor;
import java.util.Arrays;

/** Numbers FIDs from 0 on as they are met. Open addressing on their 16 bytes: no object per FID. */
final class FidTable {
    /** In place of the number of a FID that is not there. */
    static final int NONE = -1;

    private long[] sequences = new long[64];
    private long[] ids = new long[64];
    /** Numbers plus one, 0 where free. */
    private int[] buckets = new int[128];

    private int size;

    /** The number of the FID that lies there in the record; {@link #NONE} for {@link RecordCursor#NONE}. */
    int number(RecordCursor record, int fidAt) {
        return fidAt == RecordCursor.NONE ? NONE : number(record.word(fidAt), record.word(fidAt + 8));
    }

    static boolean same(RecordCursor one, int fidAt, RecordCursor other, int otherFidAt) {
        return one.word(fidAt) == other.word(otherFidAt) && one.word(fidAt + 8) == other.word(otherFidAt + 8);
    }

    private int number(long sequence, long id) {
        int mask = buckets.length - 1;
        int bucket = bucket(sequence, id) & mask;
        while (buckets[bucket] != 0) {
            int number = buckets[bucket] - 1;
            if (ids[number] == id && sequences[number] == sequence) {
                return number;
            }
            bucket = bucket + 1 & mask;
        }
        if (size == ids.length) {
            grow();
            return number(sequence, id);
        }
        sequences[size] = sequence;
        ids[size] = id;
        buckets[bucket] = ++size;
        return size - 1;
    }

    private void grow() {
        sequences = Arrays.copyOf(sequences, size * 2);
        ids = Arrays.copyOf(ids, size * 2);
        buckets = new int[buckets.length * 2];
        int mask = buckets.length - 1;
        for (int number = 0; number < size; number++) {
            int bucket = bucket(sequences[number], ids[number]) & mask;
            while (buckets[bucket] != 0) {
                bucket = bucket + 1 & mask;
            }
            buckets[bucket] = number + 1;
        }
    }

    private static int bucket(long sequence, long id) {
        long mixed = (sequence * 0x9e3779b97f4a7c15L ^ id) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32);
    }

    Fid fid(int number) {
        return new Fid(sequences[number], (int) ids[number], (int) (ids[number] >>> 32));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * What a consumer had acknowledged above its position before it started (anew), by index. It is part of every checkpoint
 * until the position has passed it. Not thread-safe: guarded by the ledger's lock.
 */
final class RestoredAcks {
    private final Roaring64Bitmap indexes = new Roaring64Bitmap();
    private long newest;

    /** @param ranges inclusive {@code from, to, from, to...} */
    void addAll(long[] ranges) {
        for (int i = 0; i < ranges.length; i += 2) {
            indexes.addRange(ranges[i], ranges[i + 1] + 1);
            newest = Math.max(newest, ranges[i + 1]);
        }
    }

    void add(long index) {
        indexes.addLong(index);
        newest = Math.max(newest, index);
    }

    boolean contains(long index) {
        return index <= newest && indexes.contains(index);
    }

    boolean isEmpty() {
        return indexes.isEmpty();
    }

    /** The position has come so far. */
    void forgetUpTo(long position) {
        if (newest <= position && !indexes.isEmpty()) {
            indexes.clear();
        }
    }

    /** These and {@code others}, above {@code position}, as sorted ranges. */
    long[] union(long[] others, long position) {
        Roaring64Bitmap all = indexes;
        if (others.length > 0) {
            RestoredAcks sum = new RestoredAcks();
            sum.indexes.or(indexes);
            sum.addAll(others);
            all = sum.indexes;
        }
        IndexRanges ranges = new IndexRanges();
        all.forEach(index -> {
            if (index > position) {
                ranges.add(index);
            }
        });
        return ranges.toArray();
    }
}

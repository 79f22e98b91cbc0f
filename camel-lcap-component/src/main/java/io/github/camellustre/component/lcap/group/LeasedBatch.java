// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.RecordFormat;

/**
 * Records that one reader was given, in the order in which they are sent: ranges of the batches that were offered. Immutable,
 * and of any thread; it keeps the batches alive.
 */
public final class LeasedBatch {
    private final ChangelogBatch[] batches;
    /** Two for each range: its first record and the one behind its last. */
    private final int[] bounds;

    private final int ranges;
    private final int count;
    private final int bytes;

    LeasedBatch(ChangelogBatch[] batches, int[] bounds, int ranges, int count, int bytes) {
        this.batches = batches;
        this.bounds = bounds;
        this.ranges = ranges;
        this.count = count;
        this.bytes = bytes;
    }

    /** Number of records, at least one. */
    public int count() {
        return count;
    }

    /** Their size as they came. What is sent is not larger: a {@link RecordFormat} only takes fields away. */
    public int bytes() {
        return bytes;
    }

    public long firstIndex() {
        return batches[0].index(bounds[0]);
    }

    public long lastIndex() {
        return batches[ranges - 1].index(bounds[2 * ranges - 1] - 1);
    }

    /**
     * Writes all records in this format, back to back.
     *
     * @param into has room for {@link #bytes} at {@code at}
     * @return how many bytes were written
     */
    public int encode(RecordFormat format, byte[] into, int at) {
        int end = at;
        for (int range = 0; range < ranges; range++) {
            end += format.encode(batches[range], bounds[2 * range], bounds[2 * range + 1], into, end);
        }
        return end - at;
    }

    public int ranges() {
        return ranges;
    }

    public ChangelogBatch batch(int range) {
        return batches[range];
    }

    /** The first of the range's records in {@link #batch}. */
    public int from(int range) {
        return bounds[2 * range];
    }

    /** Behind the range's last record in {@link #batch}. */
    public int to(int range) {
        return bounds[2 * range + 1];
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.ChangelogBatch;
import java.util.Arrays;

/** Fills a {@link LeasedBatch} up to its limits. Without an object per record: offers may be of one record each. */
final class BatchBuilder {
    private final int maxRecords;
    private final int maxBytes;
    private ChangelogBatch[] batches = new ChangelogBatch[4];
    private int[] bounds = new int[8];
    private int ranges;
    private int count;
    private int bytes;
    private boolean full;

    BatchBuilder(int maxRecords, int maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    /** Takes the first of these records, as many as there is room for; returns how many. */
    int add(ChangelogBatch batch, int from, int to) {
        int end = Math.min(to, from + maxRecords - count);
        int size = batch.rawLength(from, end);
        if (size > maxBytes - bytes) {
            size = 0;
            end = from;
            for (int next = batch.rawLength(end, end + 1);
                    next <= maxBytes - bytes - size;
                    next = batch.rawLength(end, end + 1)) {
                size += next;
                end++;
            }
            full = true;
        }
        if (end > from) {
            append(batch, from, end);
            count += end - from;
            bytes += size;
            full |= count == maxRecords;
        }
        return end - from;
    }

    // The same object is meant: a batch's equals compares all records.
    @SuppressWarnings("ReferenceEquality")
    private void append(ChangelogBatch batch, int from, int to) {
        if (ranges > 0 && batches[ranges - 1] == batch && bounds[2 * ranges - 1] == from) {
            bounds[2 * ranges - 1] = to;
            return;
        }
        if (ranges == batches.length) {
            batches = Arrays.copyOf(batches, 2 * ranges);
            bounds = Arrays.copyOf(bounds, 4 * ranges);
        }
        batches[ranges] = batch;
        bounds[2 * ranges] = from;
        bounds[2 * ranges + 1] = to;
        ranges++;
    }

    /** Records that may still come. */
    int room() {
        return maxRecords - count;
    }

    boolean isFull() {
        return full;
    }

    boolean isEmpty() {
        return count == 0;
    }

    LeasedBatch build() {
        return new LeasedBatch(batches, bounds, ranges, count, bytes);
    }
}

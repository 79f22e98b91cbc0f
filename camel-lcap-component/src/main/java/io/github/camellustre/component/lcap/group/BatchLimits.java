// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import java.util.concurrent.TimeUnit;

/**
 * Between which limits the batches adapt: see {@link Pace}.
 *
 * @param minBatch records that a slow reader is given at once, too, if they are there
 * @param maxBatch most records of a batch
 * @param maxWait nanoseconds that a reader waits at most for a batch to fill up
 */
public record BatchLimits(int minBatch, int maxBatch, long maxWait) {
    /**
     * A batch of 8,192 records (LCAP's own sample) is about 1 MB, a few milliseconds of work for the fastest reader. 2 ms of
     * waiting are 500 answers a second, which cost next to nothing, and leave 3 of the 5 ms that a record may take.
     */
    public static final BatchLimits DEFAULT = new BatchLimits(1, 8192, TimeUnit.MILLISECONDS.toNanos(2));

    /** The records of a batch in bytes: old readers take 8 MiB, the head of the message included. */
    static final int MAX_BYTES = (8 << 20) - 64;

    public BatchLimits {
        if (minBatch < 1 || maxBatch < minBatch || maxWait < 0) {
            throw new IllegalArgumentException("minBatch=" + minBatch + ", maxBatch=" + maxBatch + ", maxWait="
                    + maxWait + " ns: use 1 <= minBatch <= maxBatch and no negative wait");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;

/** A batch that was received: what of it was handed out, and what of that was acknowledged. Thread-safe. */
final class BatchInHand {
    private final ChangelogBatch records;
    private final long last;
    private int handedOut;
    private int acknowledged;

    /** @param wanted those of them that the application is to get; the others count as acknowledged */
    BatchInHand(ChangelogBatch received, ChangelogBatch wanted) {
        this.records = wanted;
        this.last = greatest(received);
    }

    private static long greatest(ChangelogBatch records) {
        long greatest = 0;
        for (int record = 0; record < records.size(); record++) {
            greatest = Math.max(greatest, records.index(record));
        }
        return greatest;
    }

    /** @return null if all are handed out */
    synchronized ChangelogRecord next() {
        return handedOut == records.size() ? null : records.get(handedOut++);
    }

    /** All that were not handed out yet; empty if there are none. */
    synchronized ChangelogBatch rest() {
        int from = handedOut;
        handedOut = records.size();
        return from == 0 ? records : ChangelogBatch.of(records.subList(from, handedOut));
    }

    /**
     * Of the records handed out, in the order of delivery, all up to the first that has a greater index are acknowledged.
     *
     * @return true if the batch is complete with that
     */
    synchronized boolean acknowledge(long index) {
        int before = acknowledged;
        if (index >= last) {
            acknowledged = handedOut;
        }
        while (acknowledged < handedOut && records.index(acknowledged) <= index) {
            acknowledged++;
        }
        return acknowledged > before && isComplete();
    }

    synchronized boolean isComplete() {
        return acknowledged == records.size();
    }

    /** The greatest index that was received. */
    long last() {
        return last;
    }

    /** The index up to which everything is acknowledged, 0 if nothing is. An MDT may deliver slightly out of order. */
    synchronized long progress() {
        long up = 0;
        for (int record = 0; record < acknowledged; record++) {
            up = Math.max(up, records.index(record));
        }
        for (int record = acknowledged; record < records.size(); record++) {
            up = Math.min(up, records.index(record) - 1);
        }
        return up;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The slots of readings that are over, for tokens that were revoked then and may still succeed: which index each one
 * stood for. Not thread-safe: guarded by the ledger's lock.
 */
final class FormerSlots {
    private final List<AckTracker> readings = new ArrayList<>();
    private long out;

    /** Records whose tokens were revoked while they were out. */
    void revoked(long records) {
        out += records;
    }

    /** A reading is over: its slots mean nothing in the next one. */
    void add(AckTracker reading) {
        if (out > 0 && reading.first() < reading.end()) {
            readings.add(reading);
        }
    }

    boolean isEmpty() {
        return readings.isEmpty();
    }

    /** Tells the indexes of a late success that were not acknowledged before. */
    void acknowledge(long firstSlot, long endSlot, LongConsumer index) {
        for (AckTracker reading : readings) {
            for (long slot = Math.max(firstSlot, reading.first()); slot < Math.min(endSlot, reading.end()); slot++) {
                long what = reading.index(slot);
                if (reading.acknowledge(slot)) {
                    index.accept(what);
                }
            }
        }
    }

    /** Revoked tokens of so many records are back. */
    void returned(long records) {
        out -= records;
        if (out <= 0) {
            readings.clear();
        }
    }
}

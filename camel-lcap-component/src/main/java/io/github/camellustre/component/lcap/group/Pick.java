// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.filter.RecordFilter;

/**
 * The choice of records for one batch. All of them have run out of time equally often, so that a record which kills its
 * readers takes no others along.
 */
final class Pick {
    private static final int ANY = -1;

    private final RecordFilter filter;
    private final boolean everything;
    private final BatchBuilder batch;
    private final RecordCursor cursor = new RecordCursor();
    private final Ranges taken = new Ranges();
    private final Ranges filtered = new Ranges();
    private int expiries = ANY;
    private int again;

    Pick(RecordFilter filter, int maxRecords) {
        this.filter = filter;
        this.everything = filter.equals(RecordFilter.ALL);
        this.batch = new BatchBuilder(maxRecords, BatchLimits.MAX_BYTES);
    }

    /** Whether records may go in whose time has run out so often. */
    boolean admits(int theirExpiries) {
        return !batch.isFull() && (expiries == ANY || expiries == theirExpiries);
    }

    /** Records that may still go in. */
    int room() {
        return batch.room();
    }

    boolean wants(Delivery delivery, int record) {
        return everything || filter.matches(cursor.moveTo(delivery.records(), record));
    }

    /** Takes one record that is wanted; false if it does not fit. */
    boolean take(Delivery delivery, int record, int itsExpiries) {
        return take(delivery, record, record + 1, itsExpiries) == 1;
    }

    /** Leaves a record out that is not wanted. */
    void leaveOut(Delivery delivery, int record) {
        filtered.append(delivery.first() + record, delivery.first() + record + 1);
    }

    /** Takes those records that are wanted and fit, and leaves the others out; returns how far it got. */
    int takeWanted(Delivery delivery, int from, int to, int theirExpiries) {
        if (everything) {
            return from + take(delivery, from, to, theirExpiries);
        }
        int at = from;
        while (at < to && !batch.isFull()) {
            int end = at;
            while (end < to && wants(delivery, end)) {
                end++;
            }
            at += take(delivery, at, end, theirExpiries);
            if (at == end && end < to) {
                leaveOut(delivery, at++);
            }
        }
        return at;
    }

    private int take(Delivery delivery, int from, int to, int theirExpiries) {
        int added = batch.add(delivery.records(), from, to);
        if (added > 0) {
            taken.append(delivery.first() + from, delivery.first() + from + added);
            expiries = theirExpiries;
        }
        return added;
    }

    /** Some of those taken have been sent before. */
    void again(long records) {
        again += (int) records;
    }

    boolean isEmpty() {
        return batch.isEmpty();
    }

    LeasedBatch batch() {
        return batch.build();
    }

    Ranges taken() {
        return taken;
    }

    Ranges filtered() {
        return filtered;
    }

    int expiries() {
        return expiries;
    }

    int again() {
        return again;
    }
}

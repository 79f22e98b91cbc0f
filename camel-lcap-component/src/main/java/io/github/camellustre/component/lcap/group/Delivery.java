// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.ChangelogBatch;

/**
 * The records of one exchange, all of one MDT, on their way through one group. The group calls {@link #completed} exactly
 * once: when the last of the records has been acknowledged, filtered out or released, or when the group is closed.
 */
public abstract class Delivery {
    private final ChangelogBatch records;
    /** Where the records stand in the sequence of all that the group was offered: see {@link Backlog}. */
    private long first;

    private int open;
    private long offeredAt;

    protected Delivery(ChangelogBatch records) {
        this.records = records;
        this.open = records.size();
    }

    public final ChangelogBatch records() {
        return records;
    }

    /**
     * Called on the group's thread, when the group's state is consistent: it may offer again. It must not throw.
     *
     * @param cause null: every record is dealt with; else why the group gave up
     */
    protected abstract void completed(Throwable cause);

    final void placeAt(long sequence, long now) {
        first = sequence;
        offeredAt = now;
    }

    final long first() {
        return first;
    }

    final long end() {
        return first + records.size();
    }

    final long offeredAt() {
        return offeredAt;
    }

    /** Records that are not dealt with. */
    final int open() {
        return open;
    }

    final boolean isDone() {
        return open == 0;
    }

    final void dealtWith(int count) {
        open -= count;
    }
}

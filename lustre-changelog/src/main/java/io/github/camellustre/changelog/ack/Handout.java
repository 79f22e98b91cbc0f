// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Records that a consumer is to be handed now, taken from one block. Either as one {@link #batch}, or one after another:
 * then each has a token of its own, and what is not handed over is given back.
 */
public final class Handout {
    private final ConsumerLedger owner;
    private final RecordBlock block;
    private final int delivery;
    private final long firstSlot;
    private final int from;
    private final int[] picks;
    private final int count;
    private final long endSlot;
    private final Throwable exhaustedBy;

    /**
     * @param from position in the block of the record that has {@code firstSlot}
     * @param picks positions in the block of the records wanted; null: all {@code count} from {@code from} on
     * @param endSlot slot behind the last record, wanted or not, that this handout settles
     */
    Handout(
            ConsumerLedger owner,
            RecordBlock block,
            int delivery,
            long firstSlot,
            int from,
            int[] picks,
            int count,
            long endSlot,
            Throwable exhaustedBy) {
        this.owner = owner;
        this.block = block;
        this.delivery = delivery;
        this.firstSlot = firstSlot;
        this.from = from;
        this.picks = picks;
        this.count = count;
        this.endSlot = endSlot;
        this.exhaustedBy = exhaustedBy;
    }

    /** Number of records. */
    public int count() {
        return count;
    }

    /** The failure that used up the last redelivery: the records are for the dead letter. Null otherwise. */
    public Throwable exhaustedBy() {
        return exhaustedBy;
    }

    public ChangelogRecord record(int position) {
        return block.record(position(position));
    }

    /** All records as one batch. */
    public ChangelogBatch batch() {
        if (picks == null) {
            return ChangelogBatch.of(block, from, from + count);
        }
        List<ChangelogRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(block.record(picks[i]));
        }
        return ChangelogBatch.of(records);
    }

    /** The token that settles all records at once. Take this, or one for each record, never both. */
    public Token batchToken() {
        return new Token(owner, delivery, firstSlot, endSlot, count, block.index(position(0)));
    }

    /** The token of one record; settles the unwanted ones before it, too. */
    public Token token(int position) {
        long start = position == 0 ? firstSlot : slot(position - 1) + 1;
        long end = position == count - 1 ? endSlot : slot(position) + 1;
        return new Token(owner, delivery, start, end, 1, block.index(position(position)));
    }

    /** False once a failure has made the rest of this handout void: hand nothing more over and {@link #giveBack}. */
    public boolean isCurrent() {
        return owner.isCurrent(delivery);
    }

    /** Gives the records from {@code position} on back: they were not handed over. */
    public void giveBack(int position) {
        owner.giveBack(position == 0 ? firstSlot : slot(position - 1) + 1, count - position, delivery);
    }

    private int position(int position) {
        return picks == null ? from + position : picks[position];
    }

    private long slot(int position) {
        return firstSlot + position(position) - from;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Records in delivery order, of one MDT or of several. Immutable. */
public final class ChangelogBatch extends AbstractList<ChangelogRecord> implements RandomAccess {
    private static final ChangelogBatch EMPTY = new ChangelogBatch(null, 0, 0, List.of());

    private final RecordBlock block;
    private final int from;
    private final int to;
    private final List<ChangelogRecord> records;

    private ChangelogBatch(RecordBlock block, int from, int to, List<ChangelogRecord> records) {
        this.block = block;
        this.from = from;
        this.to = to;
        this.records = records;
    }

    public static ChangelogBatch empty() {
        return EMPTY;
    }

    /** The records {@code [from, to)} of a block, without copying. */
    public static ChangelogBatch of(RecordBlock block, int from, int to) {
        return new ChangelogBatch(block, from, to, null);
    }

    public static ChangelogBatch of(List<ChangelogRecord> records) {
        return new ChangelogBatch(null, 0, records.size(), List.copyOf(records));
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public ChangelogRecord get(int position) {
        return records == null ? block.record(from + position) : records.get(position);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.ChangelogBatch;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * What a window comes to. Every record that was added is in exactly one place: among those that one of {@link #records}
 * stands for, or {@link #cancelled}. Immutable; keeps the bytes of all records of the window alive, as do its batches.
 */
public final class WindowResult {
    private final WindowRecords records;
    private final ResultOrder order;
    private final GroupKeys keys;
    private final int[] picks;

    WindowResult(WindowRecords records, ResultOrder order, GroupKeys keys, int[] picks) {
        this.records = records;
        this.order = order;
        this.keys = keys;
        this.picks = picks;
    }

    /** All records that stay, group after group, with a note of what each {@link StandsFor}. */
    public ChangelogBatch records() {
        return records.list().batch(picks, 0, picks.length).with(StandsFor.class, StandsFor.of(this));
    }

    /** The groups that have a record left, in their order; without grouping one, or none if no record is left. */
    public List<RecordGroup> groups() {
        return new Groups();
    }

    /** Whether the record at that position of {@link #records} stands for more than itself; cheaper than to ask which. */
    boolean standsForOthers(int position) {
        return records.standsForOthers(order.records[position]);
    }

    /** What the record at that position of {@link #records} stands for: itself, and those suppressed in its favour. */
    public RecordIndexes standsFor(int position) {
        RecordIndexes.Builder indexes = new RecordIndexes.Builder();
        records.forEachOf(order.records[position], record -> add(record, indexes));
        return indexes.build();
    }

    /** The records that nothing stands for. They are dealt with as soon as the window is, and not before. */
    public RecordIndexes cancelled() {
        RecordIndexes.Builder indexes = new RecordIndexes.Builder();
        records.forEachCancelled(record -> add(record, indexes));
        return indexes.build();
    }

    private void add(int record, RecordIndexes.Builder indexes) {
        int position = records.position(record);
        indexes.add(records.list().mdt(position), records.list().index(position));
    }

    public WindowCounts counts() {
        return new WindowCounts(records.counters());
    }

    private final class Groups extends AbstractList<RecordGroup> implements RandomAccess {
        @Override
        public int size() {
            return order.groups.length;
        }

        @Override
        public RecordGroup get(int group) {
            Objects.checkIndex(group, size());
            int from = order.starts[group];
            ChangelogBatch batch = records.list().batch(picks, from, order.starts[group + 1]);
            return new RecordGroup(keys.text(order.groups[group]), order.received[group], from, batch);
        }
    }
}

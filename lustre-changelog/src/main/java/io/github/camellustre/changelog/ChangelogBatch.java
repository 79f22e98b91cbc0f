// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Records in delivery order, of one MDT or of several. Immutable. Somebody may have noted something about them that their
 * bytes do not say: which others they stand for, where their files are.
 */
public final class ChangelogBatch extends AbstractList<ChangelogRecord> implements RandomAccess {
    private static final ChangelogBatch EMPTY = new ChangelogBatch(null, 0, 0, List.of(), Map.of());

    private final RecordBlock block;
    private final int from;
    private final int to;
    private final List<ChangelogRecord> records;
    private final Map<Class<? extends BatchNote>, BatchNote> notes;
    private final BatchPaths paths;

    private ChangelogBatch(
            RecordBlock block,
            int from,
            int to,
            List<ChangelogRecord> records,
            Map<Class<? extends BatchNote>, BatchNote> notes) {
        this.block = block;
        this.from = from;
        this.to = to;
        this.records = records;
        this.notes = notes;
        this.paths = (BatchPaths) notes.get(BatchPaths.class);
    }

    public static ChangelogBatch empty() {
        return EMPTY;
    }

    /** The records {@code [from, to)} of a block, without copying. */
    public static ChangelogBatch of(RecordBlock block, int from, int to) {
        return new ChangelogBatch(block, from, to, null, Map.of());
    }

    public static ChangelogBatch of(List<ChangelogRecord> records) {
        return new ChangelogBatch(null, 0, records.size(), List.copyOf(records), Map.of());
    }

    /** The list itself, which must never change. */
    static ChangelogBatch ofImmutable(List<ChangelogRecord> records) {
        return new ChangelogBatch(null, 0, records.size(), records, Map.of());
    }

    /** The same records with one more note, in place of another one of that kind. */
    public <T extends BatchNote> ChangelogBatch with(Class<T> kind, T note) {
        Map<Class<? extends BatchNote>, BatchNote> all = new HashMap<>(notes);
        all.put(kind, kind.cast(note));
        return new ChangelogBatch(block, from, to, records, Map.copyOf(all));
    }

    /** The same records, each with its paths: whoever takes one from here gets both. */
    public ChangelogBatch withPaths(List<RecordPaths> found) {
        Objects.checkIndex(size(), found.size() + 1);
        return with(BatchPaths.class, new BatchPaths(found));
    }

    /** The note of that kind; null if there is none. */
    public <T extends BatchNote> T note(Class<T> kind) {
        return kind.cast(notes.get(kind));
    }

    /** Name of the MDT of the record at {@code position}; like the next three without making a record. */
    public String mdt(int position) {
        return records == null ? block.mdt() : records.get(position).mdt();
    }

    public long index(int position) {
        return records == null
                ? block.index(from + position)
                : records.get(position).index();
    }

    public int typeNumber(int position) {
        return records == null
                ? block.typeNumber(from + position)
                : records.get(position).typeNumber();
    }

    /** Bytes of the records {@code [first, last)}. */
    public int rawLength(int first, int last) {
        Objects.checkFromToIndex(first, last, size());
        if (records == null) {
            return block.length(from + first, from + last);
        }
        int length = 0;
        for (int position = first; position < last; position++) {
            length += records.get(position).length();
        }
        return length;
    }

    /** Copies the raw bytes of the records {@code [first, last)}, back to back; returns {@link #rawLength}. */
    public int writeTo(int first, int last, byte[] into, int at) {
        Objects.checkFromToIndex(first, last, size());
        if (records == null) {
            int length = rawLength(first, last);
            System.arraycopy(block.bytes(), block.offset(from + first), into, at, length);
            return length;
        }
        int end = at;
        for (int position = first; position < last; position++) {
            end += records.get(position).writeTo(into, end);
        }
        return end - at;
    }

    /**
     * The records at these positions, in this order, with what is noted of them. Those of a block are copied together, without making a record, so that
     * what is picked does not keep the rest alive.
     */
    public ChangelogBatch pick(int[] positions) {
        for (int position : positions) {
            Objects.checkIndex(position, size());
        }
        Map<Class<? extends BatchNote>, BatchNote> theirs = new HashMap<>();
        notes.forEach((kind, note) -> theirs.put(kind, note.at(positions)));
        if (records == null) {
            RecordBlock picked = block.pick(from, positions);
            return new ChangelogBatch(picked, 0, positions.length, null, Map.copyOf(theirs));
        }
        ChangelogRecord[] picked = new ChangelogRecord[positions.length];
        for (int i = 0; i < positions.length; i++) {
            picked[i] = records.get(positions[i]);
        }
        return new ChangelogBatch(null, 0, picked.length, List.of(picked), Map.copyOf(theirs));
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public ChangelogRecord get(int position) {
        ChangelogRecord record = records == null ? block.record(from + position) : records.get(position);
        return paths == null ? record : record.withPaths(paths.get(position));
    }

    /** What a path look-up has added to the record at {@code position}; null if there was none. For batches of a block. */
    RecordPaths paths(int position) {
        return paths == null ? null : paths.get(position);
    }

    /** The block that holds the records; null if they are of several. */
    RecordBlock block() {
        return block;
    }

    /** The first one's place in {@link #block}. */
    int firstOfBlock() {
        return from;
    }
}

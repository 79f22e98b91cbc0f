// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordList;
import java.util.function.IntConsumer;

/**
 * The records that the rules have seen, numbered in that order, and which of them stands for which. Those that a record
 * stands for are a chain behind it, so that one record takes over all of another in one step.
 */
final class WindowRecords {
    static final int NONE = -1;
    private static final int SUPPRESSED = -2;

    private final RecordList list;
    private final SuppressionCounters counters = new SuppressionCounters();
    /** Where a record lies in the list; its own number where nothing is set. */
    private final IntColumn positions = new IntColumn(NONE);
    /** The next one in a chain. */
    private final IntColumn next = new IntColumn(NONE);
    /** The last one of the chain behind a record; {@link #SUPPRESSED} for one that is itself in a chain. */
    private final IntColumn last = new IntColumn(NONE);

    /** Of renames that others were folded into the first of those. */
    private final IntColumn origins = new IntColumn(NONE);

    private int size;
    private int firstCancelled = NONE;
    private int lastCancelled = NONE;

    WindowRecords(RecordList list) {
        this.list = list;
    }

    /** The next record, which lies there in the list; returns its number. */
    int add(int position, int typeNumber) {
        if (position != size) {
            positions.set(size, position);
        }
        last.set(size, size);
        counters.received(typeNumber);
        return size++;
    }

    int size() {
        return size;
    }

    boolean isKept(int record) {
        return last.get(record) != SUPPRESSED;
    }

    /** {@code keeper}, which must be kept, stands from now on for {@code record} and all that this stood for. */
    void suppress(int record, int keeper, Suppression reason) {
        next.set(last.get(keeper), record);
        last.set(keeper, last.get(record));
        suppressed(record, reason);
    }

    /** No record stands for it, nor for what it stood for. */
    void cancel(int record, Suppression reason) {
        if (lastCancelled == NONE) {
            firstCancelled = record;
        } else {
            next.set(lastCancelled, record);
        }
        lastCancelled = last.get(record);
        suppressed(record, reason);
    }

    /** {@code later} stands from now on for {@code earlier}, and goes from the name where that began. */
    void fold(int earlier, int later) {
        origins.set(later, origin(earlier));
        suppress(earlier, later, Suppression.FOLDED);
    }

    /** The record whose old name this one has: itself if it is no folded rename. */
    int origin(int record) {
        int origin = origins.get(record);
        return origin == NONE ? record : origin;
    }

    /** Puts the bytes of a folded rename, made anew, at the end of the list, and the record there. */
    private void write(int record, int origin) {
        RecordCursor first = moveTo(origin, new RecordCursor());
        RecordCursor last = moveTo(record, new RecordCursor());
        String mdt = list.mdt(position(record));
        positions.set(record, list.add(ChangelogRecord.of(mdt, RenameChains.folded(first, last))));
    }

    /** Where the kept records lie that are given by number; their folded renames are written now. */
    int[] place(int[] kept) {
        int[] places = new int[kept.length];
        for (int i = 0; i < kept.length; i++) {
            int origin = origin(kept[i]);
            if (origin != kept[i]) {
                write(kept[i], origin);
            }
            places[i] = position(kept[i]);
        }
        return places;
    }

    private void suppressed(int record, Suppression reason) {
        last.set(record, SUPPRESSED);
        counters.suppressed(typeNumber(record), reason);
    }

    int typeNumber(int record) {
        return list.typeNumber(position(record));
    }

    SuppressionCounters counters() {
        return counters;
    }

    RecordList list() {
        return list;
    }

    int position(int record) {
        int position = positions.get(record);
        return position == NONE ? record : position;
    }

    RecordCursor moveTo(int record, RecordCursor cursor) {
        return list.moveTo(position(record), cursor);
    }

    /** A kept record and those that it stands for. */
    void forEachOf(int record, IntConsumer each) {
        forEachFrom(record, each);
    }

    boolean standsForOthers(int record) {
        return next.get(record) != NONE;
    }

    void forEachCancelled(IntConsumer each) {
        forEachFrom(firstCancelled, each);
    }

    private void forEachFrom(int first, IntConsumer each) {
        for (int record = first; record != NONE; record = next.get(record)) {
            each.accept(record);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordList;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Collects records and says, when it is closed, which of them stand for all. Each record costs constant work, when it is
 * added or, with {@link WindowOptions#mergedByTime}, when the window is closed; no record is copied.
 *
 * <p>The caller bounds it: by {@link #received}, {@link #bytes} and {@link #age}. Not for several threads at once.
 */
public final class ChangelogWindow {
    private final WindowOptions options;
    private final LongSupplier nanoTime;
    private final RecordList list = new RecordList();
    private final RecordCursor cursor = new RecordCursor();
    private final WindowRecords records = new WindowRecords(list);
    /** Null where neither rules nor groups ask for subjects. */
    private final FidTable subjects;

    private final Rules rules;
    private final GroupKeys keys;
    /** By number of the record; null without groups. */
    private final IntColumn groupOf;
    /** Null if the records stay in the order of arrival. */
    private final MdtMerge merge;

    private long firstArrival;
    private int received;
    private long bytes;
    private boolean closed;

    public ChangelogWindow(WindowOptions options) {
        this(options, System::nanoTime);
    }

    /** @param nanoTime see {@link System#nanoTime} */
    public ChangelogWindow(WindowOptions options, LongSupplier nanoTime) {
        this.options = options;
        this.nanoTime = nanoTime;
        boolean grouped = options.grouping() != Grouping.ARRIVAL;
        subjects =
                options.coalescing() != Coalescing.NONE || options.grouping() == Grouping.FID ? new FidTable() : null;
        rules = rules(options.coalescing());
        keys = GroupKeys.of(options.grouping(), subjects, options.servers());
        groupOf = grouped ? new IntColumn(GroupKeys.NONE) : null;
        merge = options.mergedByTime() ? new MdtMerge(list) : null;
    }

    private Rules rules(Coalescing coalescing) {
        return switch (coalescing) {
            case NONE -> Rules.NONE;
            case LAST_PER_FID -> new LastPerFidRules(records);
            case RESTAT -> new RestatRules(records);
            case NET_EFFECT -> new NetEffectRules(records, subjects);
        };
    }

    /**
     * Adds the next records, whose bytes must not change any more.
     *
     * @throws IllegalStateException if the window is closed
     */
    public void add(ChangelogBatch batch) {
        arrive();
        for (int position = 0; position < batch.size(); position++) {
            add(list.add(batch.mdt(position), cursor.moveTo(batch, position)));
        }
    }

    /**
     * Adds the next record.
     *
     * @throws IllegalStateException if the window is closed
     */
    public void add(ChangelogRecord record) {
        arrive();
        add(list.add(record));
    }

    private void arrive() {
        if (closed) {
            throw new IllegalStateException("the window is closed: add to a new one");
        }
        if (received == 0) {
            firstArrival = nanoTime.getAsLong();
        }
    }

    private void add(int position) {
        received++;
        bytes = list.bytes();
        if (merge == null) {
            apply(position);
        } else {
            merge.add(position);
        }
    }

    private void apply(int position) {
        list.moveTo(position, cursor);
        int record = records.add(position, cursor.typeNumber());
        int subject = FidTable.NONE;
        int second = FidTable.NONE;
        if (subjects != null) {
            subject = subjects.number(cursor, cursor.firstSubjectAt());
            second = subjects.number(cursor, cursor.secondSubjectAt());
        }
        rules.add(record, cursor, subject, second);
        if (groupOf != null) {
            groupOf.set(record, keys.group(list.mdt(position), cursor, subject, second));
        }
    }

    /** How many records were added. */
    public int received() {
        return received;
    }

    /** Bytes of the records that were added: all of them are kept until the window and its result are gone. */
    public long bytes() {
        return bytes;
    }

    /** How long ago the first record was added; zero while there is none. */
    public Duration age() {
        return received == 0 ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - firstArrival);
    }

    /**
     * Ends the window.
     *
     * @throws IllegalStateException if it is closed already
     */
    public WindowResult close() {
        if (closed) {
            throw new IllegalStateException("the window is closed already");
        }
        closed = true;
        if (merge != null) {
            merge.forEach(this::apply);
        }
        ResultOrder order = groupOf == null
                ? ResultOrder.ungrouped(records)
                : ResultOrder.of(records, groupOf, keys, options.order());
        return new WindowResult(records, order, keys, records.place(order.records));
    }
}

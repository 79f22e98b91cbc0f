// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordCursor;

/**
 * {@link Coalescing#LAST_PER_FID}: a record stays while it is the newest of one of its subjects. Records without a subject
 * stay.
 */
final class LastPerFidRules implements Rules {
    private static final int NONE = WindowRecords.NONE;

    private final WindowRecords records;
    /** By FID. */
    private final IntColumn newest = new IntColumn(NONE);
    /** By record. */
    private final IntColumn subjects = new IntColumn(FidTable.NONE);

    private final IntColumn seconds = new IntColumn(FidTable.NONE);

    LastPerFidRules(WindowRecords records) {
        this.records = records;
    }

    @Override
    public void add(int record, RecordCursor cursor, int subject, int second) {
        if (subject == FidTable.NONE) {
            return;
        }
        subjects.set(record, subject);
        replace(subject, record);
        if (second != FidTable.NONE) {
            seconds.set(record, second);
            replace(second, record);
        }
    }

    private void replace(int fid, int record) {
        int before = newest.get(fid);
        newest.set(fid, record);
        if (before != NONE && !isNewestOf(before, subjects) && !isNewestOf(before, seconds)) {
            records.suppress(before, record, Suppression.REPLACED);
        }
    }

    private boolean isNewestOf(int record, IntColumn column) {
        int fid = column.get(record);
        return fid != FidTable.NONE && newest.get(fid) == record;
    }
}

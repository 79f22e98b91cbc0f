// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordCursor;

/** {@link Coalescing#LAST_PER_FID}. Records without a subject stay. */
final class LastPerFidRules implements Rules {
    private final WindowRecords records;
    private final IntColumn newest = new IntColumn(WindowRecords.NONE);

    LastPerFidRules(WindowRecords records) {
        this.records = records;
    }

    @Override
    public void add(int record, RecordCursor cursor, int subject, int second) {
        if (subject == FidTable.NONE) {
            return;
        }
        int before = newest.get(subject);
        if (before != WindowRecords.NONE) {
            records.suppress(before, record, Suppression.REPLACED);
        }
        newest.set(subject, record);
    }
}

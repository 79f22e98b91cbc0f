// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

/** For each FID some of its records, the newest first. A record is in one chain at most. */
final class RecordChain {
    private final IntColumn newest = new IntColumn(WindowRecords.NONE);
    private final IntColumn before = new IntColumn(WindowRecords.NONE);

    void add(int subject, int record) {
        before.set(record, newest.get(subject));
        newest.set(subject, record);
    }

    int newest(int subject) {
        return newest.get(subject);
    }

    int before(int record) {
        return before.get(record);
    }

    /** Takes the one before {@code later} out; the newest if that is {@link WindowRecords#NONE}. */
    void remove(int subject, int later) {
        if (later == WindowRecords.NONE) {
            newest.set(subject, before.get(newest.get(subject)));
        } else {
            before.set(later, before.get(before.get(later)));
        }
    }

    int takeNewest(int subject) {
        int record = newest.get(subject);
        if (record != WindowRecords.NONE) {
            newest.set(subject, before.get(record));
        }
        return record;
    }

    void forget(int subject) {
        if (newest.get(subject) != WindowRecords.NONE) {
            newest.set(subject, WindowRecords.NONE);
        }
    }
}

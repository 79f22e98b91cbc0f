// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.filter.RecordFilter;

/**
 * The one filter of readers who share records: what it leaves out is acknowledged, so with two of them one reader's batch
 * would lose what another reader wants. A reader that chooses none by its first DEQUEUE has that of those who are there.
 * It may change when nobody else who has one is there.
 */
final class CommonFilter {
    private final Sessions sessions;
    private RecordFilter current = RecordFilter.ALL;

    CommonFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    RecordFilter current() {
        return current;
    }

    /** False if others have another. */
    boolean choose(GroupReader reader, RecordFilter wanted) {
        if (!wanted.equals(current)) {
            if (othersHaveOne(reader)) {
                return false;
            }
            current = wanted;
        }
        reader.filter(wanted);
        return true;
    }

    /** Whether a reader that wants records has the filter of the group; one that was away may have another. */
    boolean agrees(GroupReader reader) {
        if (reader.filter() == null) {
            return choose(reader, othersHaveOne(reader) ? current : RecordFilter.ALL);
        }
        return choose(reader, reader.filter());
    }

    private boolean othersHaveOne(GroupReader reader) {
        for (GroupReader other : sessions.all()) {
            if (other != reader && other.isThere() && other.filter() != null) {
                return true;
            }
        }
        return false;
    }
}

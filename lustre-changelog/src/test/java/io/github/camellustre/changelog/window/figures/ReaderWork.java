// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.figures;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reader that looks files up, as robinhood does, would have to do with the records of each window: look each object
 * up that a record names, once a window, unless its only record is the one that removed it; and bring its database's row
 * in line.
 */
final class ReaderWork {
    private long records;
    private long lookUps;
    private long inVain;
    private long rows;

    /** @param all the records of the window before anything was left out: they tell what is gone at its end */
    void window(List<ChangelogRecord> all, List<ChangelogRecord> named) {
        Set<Fid> gone = new HashSet<>();
        all.forEach(record -> removed(record, gone));
        Set<Fid> lookedUp = new HashSet<>();
        Set<Fid> touched = new HashSet<>();
        for (ChangelogRecord record : named) {
            Set<Fid> removed = new HashSet<>();
            removed(record, removed);
            for (Fid fid : record.subjects()) {
                touched.add(fid);
                if (!removed.contains(fid)) {
                    records++;
                    lookedUp.add(fid);
                }
            }
        }
        lookUps += lookedUp.size();
        inVain += lookedUp.stream().filter(gone::contains).count();
        rows += touched.size();
    }

    private static void removed(ChangelogRecord record, Set<Fid> removed) {
        RecordType type = record.type();
        boolean removes = type.equals(RecordType.UNLNK) || type.equals(RecordType.RMDIR);
        if (record.isLastLink() && (removes || type.equals(RecordType.RENME))) {
            removed.add(record.targetFid());
        }
    }

    /** Look-ups of a reader that does not remember what it has looked up in the window. */
    long lookUpsByRecord() {
        return records;
    }

    long lookUps() {
        return lookUps;
    }

    /** Of objects that were gone when the window ended. */
    long inVain() {
        return inVain;
    }

    /** Rows that were written or removed. */
    long rows() {
        return rows;
    }
}

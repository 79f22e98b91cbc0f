// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordCursor;

/** For each FID: which record was the last that had to do with its names or with names in it, and whether a kept one has it as parent. */
final class NameUse {
    private final FidTable fids;
    private final IntColumn touched = new IntColumn(WindowRecords.NONE);
    /** How many kept records have it as parent. */
    private final IntColumn uses = new IntColumn(0);

    NameUse(FidTable fids) {
        this.fids = fids;
    }

    void subject(int record, int fid) {
        touched.set(fid, record);
    }

    void parent(int record, RecordCursor cursor, int parentAt) {
        use(record, cursor, parentAt, 1);
    }

    /** A record that creates there and this one, which removes, are both gone. */
    void parentNoMore(int record, RecordCursor cursor, int parentAt) {
        use(record, cursor, parentAt, -1);
    }

    /** The parent and, where there is one, the old parent. */
    void parents(int record, RecordCursor cursor) {
        parent(record, cursor, cursor.parentAt());
        if (cursor.hasRename()) {
            parent(record, cursor, cursor.sourceParentAt());
        }
    }

    void touch(int record, RecordCursor cursor, int fidAt) {
        use(record, cursor, fidAt, 0);
    }

    private void use(int record, RecordCursor cursor, int parentAt, int more) {
        if (!cursor.fidIsZero(parentAt)) {
            int parent = fids.number(cursor, parentAt);
            touched.set(parent, record);
            uses.set(parent, uses.get(parent) + more);
        }
    }

    int lastTouch(int fid) {
        return touched.get(fid);
    }

    boolean isParent(int fid) {
        return uses.get(fid) > 0;
    }
}

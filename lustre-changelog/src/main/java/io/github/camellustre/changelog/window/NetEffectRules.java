// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordType;

/**
 * {@link Coalescing#NET_EFFECT}. A FID's records are looked at from its last barrier on: a record across which nothing is
 * suppressed. Why each rule is as it is: docs/adr/0071.
 */
final class NetEffectRules implements Rules {
    private static final int NONE = WindowRecords.NONE;
    /** In place of the record that removed an object: it was cancelled. */
    private static final int CANCELLED = -2;

    private static final int LAST_LINK = 0x1;
    private static final int ARCHIVED = 0x2;

    private final WindowRecords records;
    private final FidTable fids;
    private final NameUse names;
    private final RenameChains renames;
    private final Changes changes;
    private final RecordChain accesses = new RecordChain();
    /** By FID, the record that created it, if no barrier has come since. */
    private final IntColumn creations = new IntColumn(NONE);
    /** By FID, the record that removed its last link, or {@link #CANCELLED}, if no barrier has come since. */
    private final IntColumn removals = new IntColumn(NONE);

    private final RecordCursor creation = new RecordCursor();

    NetEffectRules(WindowRecords records, FidTable fids) {
        this.records = records;
        this.fids = fids;
        names = new NameUse(fids);
        renames = new RenameChains(records, fids, names);
        changes = new Changes(records);
    }

    @Override
    public void add(int record, RecordCursor cursor, int subject, int second) {
        NetEffectTable.Role role = NetEffectTable.role(cursor.typeNumber());
        if (subject == FidTable.NONE) {
            if (role != NetEffectTable.Role.NOTICE) {
                unclear(record, cursor);
            }
            return;
        }
        switch (role) {
            case CREATION -> create(record, cursor, subject);
            case CHANGE, TELLING_CHANGE -> change(record, cursor, subject, role);
            case ACCESS -> access(record, subject);
            case REMOVAL -> remove(record, cursor, subject);
            case RENAME -> rename(record, cursor, subject, second);
            case MIGRATION -> migrate(record, cursor, subject, second);
            case LINK -> link(record, cursor, subject);
            case EVENT -> barrier(record, subject);
            case UNCLEAR -> {
                barrier(record, subject);
                unclear(record, cursor);
            }
            case NOTICE -> {
                // stays
            }
        }
    }

    private void create(int record, RecordCursor cursor, int subject) {
        barrier(record, subject);
        creations.set(subject, record);
        names.parent(record, cursor, cursor.parentAt());
    }

    private void change(int record, RecordCursor cursor, int subject, NetEffectTable.Role role) {
        int removal = removals.get(subject);
        int created = creations.get(subject);
        if (removal == CANCELLED) {
            records.cancel(record, Suppression.CANCELLED);
        } else if (removal != NONE) {
            records.suppress(record, removal, Suppression.REMOVED);
        } else if (created != NONE && role == NetEffectTable.Role.CHANGE) {
            records.suppress(record, created, Suppression.COVERED);
        } else {
            changes.add(record, cursor, subject);
        }
    }

    private void access(int record, int subject) {
        if (removals.get(subject) == CANCELLED) {
            records.cancel(record, Suppression.CANCELLED);
        } else if (creations.get(subject) != NONE) {
            accesses.add(subject, record);
        }
    }

    private void remove(int record, RecordCursor cursor, int subject) {
        boolean last = (cursor.typeFlags() & LAST_LINK) != 0;
        if (last && leavesNothing(cursor, subject)) {
            cancel(record, cursor, subject);
            return;
        }
        if (last) {
            changes.removed(subject, record);
        }
        barrier(record, subject);
        removals.set(subject, last ? record : NONE);
        names.parent(record, cursor, cursor.parentAt());
    }

    /** Whether creation and removal are all that ever happened to the names of the object, and to names within it. */
    private boolean leavesNothing(RecordCursor removal, int subject) {
        int created = creations.get(subject);
        if (created == NONE || (removal.typeFlags() & ARCHIVED) != 0 || names.isParent(subject)) {
            return false;
        }
        records.moveTo(created, creation);
        return (removal.typeNumber() == RecordType.RMDIR.number())
                        == (creation.typeNumber() == RecordType.MKDIR.number())
                && FidTable.same(creation, creation.parentAt(), removal, removal.parentAt())
                && RecordNames.same(
                        creation,
                        creation.nameFrom(),
                        creation.nameTo(),
                        removal,
                        removal.nameFrom(),
                        removal.nameTo());
    }

    private void cancel(int record, RecordCursor cursor, int subject) {
        changes.cancelled(subject);
        for (int access = accesses.takeNewest(subject); access != NONE; access = accesses.takeNewest(subject)) {
            records.cancel(access, Suppression.CANCELLED);
        }
        records.cancel(creations.get(subject), Suppression.CANCELLED);
        records.cancel(record, Suppression.CANCELLED);
        creations.set(subject, NONE);
        removals.set(subject, CANCELLED);
        names.subject(record, subject);
        names.parentNoMore(record, cursor, cursor.parentAt());
    }

    private void rename(int record, RecordCursor cursor, int moved, int overwritten) {
        renames.add(record, cursor, moved);
        if (overwritten != FidTable.NONE) {
            boolean last = (cursor.typeFlags() & LAST_LINK) != 0;
            if (last) {
                changes.removed(overwritten, record);
            }
            barrier(record, overwritten);
            removals.set(overwritten, last ? record : NONE);
        }
        barrier(record, moved);
        names.parents(record, cursor);
    }

    private void migrate(int record, RecordCursor cursor, int from, int to) {
        renames.moved(record);
        barrier(record, from);
        if (to != FidTable.NONE) {
            barrier(record, to);
        }
        names.parents(record, cursor);
    }

    private void link(int record, RecordCursor cursor, int subject) {
        barrier(record, subject);
        names.parent(record, cursor, cursor.parentAt());
    }

    /** Any of its FIDs may mean something: none of them is lost sight of. */
    private void unclear(int record, RecordCursor cursor) {
        renames.unclear(record);
        names.parents(record, cursor);
        if (cursor.hasRename() && !cursor.fidIsZero(cursor.sourceAt())) {
            barrier(record, fids.number(cursor, cursor.sourceAt()));
        }
    }

    private void barrier(int record, int subject) {
        changes.forget(subject);
        accesses.forget(subject);
        creations.set(subject, NONE);
        removals.set(subject, NONE);
        names.subject(record, subject);
    }
}

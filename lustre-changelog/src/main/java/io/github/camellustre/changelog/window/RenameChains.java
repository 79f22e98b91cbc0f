// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordType;

/**
 * Folds a→b and b→c of one object into a→c where nobody can see b: no record between them touched a name in one of the
 * directories, or the directories or the object themselves, and neither overwrote anything. From one directory to another
 * moreover no other object was moved between them, so that no reader ever meets a directory within itself.
 */
final class RenameChains {
    private final WindowRecords records;
    private final FidTable fids;
    private final NameUse names;
    private final RecordCursor before = new RecordCursor();
    private final RecordCursor origin = new RecordCursor();
    private int lastMove = WindowRecords.NONE;
    private int lastUnclear = WindowRecords.NONE;

    RenameChains(WindowRecords records, FidTable fids, NameUse names) {
        this.records = records;
        this.fids = fids;
        this.names = names;
    }

    /** A rename of that object, before {@link NameUse} knows of it. */
    void add(int record, RecordCursor cursor, int moved) {
        int earlier = names.lastTouch(moved);
        if (isPlain(cursor) && earlier > lastUnclear && records.isKept(earlier)) {
            records.moveTo(earlier, before);
            if (isPlain(before) && FidTable.same(before, before.sourceAt(), cursor, cursor.sourceAt())) {
                records.moveTo(records.origin(earlier), origin);
                if (continues(cursor) && isUnseen(earlier, cursor) && !endsWhereItBegan(cursor)) {
                    records.fold(earlier, record);
                    // the first name is touched by the whole, which stands here
                    names.touch(record, origin, origin.sourceParentAt());
                }
            }
        }
        moved(record);
    }

    /** Something else moved. */
    void moved(int record) {
        lastMove = record;
    }

    /** A record that may have touched any name. */
    void unclear(int record) {
        lastUnclear = record;
    }

    private static boolean isPlain(RecordCursor cursor) {
        return cursor.typeNumber() == RecordType.RENME.number()
                && cursor.hasRename()
                && !cursor.fidIsZero(cursor.sourceAt())
                && cursor.fidIsZero(cursor.targetAt());
    }

    private boolean continues(RecordCursor cursor) {
        return FidTable.same(before, before.parentAt(), cursor, cursor.sourceParentAt())
                && RecordNames.same(
                        before, before.nameFrom(), before.nameTo(), cursor, cursor.oldNameFrom(), cursor.oldNameTo());
    }

    private boolean isUnseen(int earlier, RecordCursor cursor) {
        boolean within = FidTable.same(origin, origin.sourceParentAt(), cursor, cursor.sourceParentAt())
                && FidTable.same(origin, origin.sourceParentAt(), cursor, cursor.parentAt());
        return (within || lastMove == earlier)
                && lastTouch(origin, origin.sourceParentAt()) == earlier
                && lastTouch(cursor, cursor.sourceParentAt()) == earlier
                && lastTouch(cursor, cursor.parentAt()) <= earlier;
    }

    private int lastTouch(RecordCursor cursor, int fidAt) {
        return names.lastTouch(fids.number(cursor, fidAt));
    }

    private boolean endsWhereItBegan(RecordCursor cursor) {
        return FidTable.same(origin, origin.sourceParentAt(), cursor, cursor.parentAt())
                && RecordNames.same(
                        origin, origin.oldNameFrom(), origin.oldNameTo(), cursor, cursor.nameFrom(), cursor.nameTo());
    }

    /** The last rename with the first one's old name. */
    static byte[] folded(RecordCursor first, RecordCursor last) {
        int oldParent = first.sourceParentAt();
        return new RecordBuilder()
                .from(last)
                .sourceParent(first.fidSequence(oldParent), first.fidObjectId(oldParent), first.fidVersion(oldParent))
                .name(last.bytes(), last.nameFrom(), last.nameTo() - last.nameFrom())
                .oldName(first.bytes(), first.oldNameFrom(), first.oldNameTo() - first.oldNameFrom())
                .toByteArray();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.util.List;

/** Which objects a record is about: "in order per FID" means in order for each of them. */
final class Subjects {
    private Subjects() {}

    static List<Fid> of(ChangelogRecord record) {
        if (record.isMark()) {
            return List.of();
        }
        Fid target = record.targetFid();
        int type = record.typeNumber();
        if (type != RecordType.RENME.number() && type != RecordType.MIGRT.number()) {
            return one(target);
        }
        // Only here: a plain rename's target is zero, and what moved is the source.
        Fid source = record.sourceFid();
        if (source.isZero() || source.equals(target)) {
            return one(target);
        }
        return target.isZero() ? List.of(source) : List.of(source, target);
    }

    /** The same without making FIDs. */
    static boolean include(RecordCursor record, Fid fid) {
        return !fid.isZero()
                && record.typeNumber() != RecordType.MARK.number()
                && (record.isFid(record.targetAt(), fid) || record.hasSource() && record.isFid(record.sourceAt(), fid));
    }

    private static List<Fid> one(Fid fid) {
        return fid.isZero() ? List.of() : List.of(fid);
    }

    /** Where the first of them lies, for callers that make no FIDs. */
    static int firstAt(RecordCursor record) {
        int source = sourceAt(record);
        return source == RecordCursor.NONE ? targetAt(record) : source;
    }

    static int secondAt(RecordCursor record) {
        int source = sourceAt(record);
        int target = targetAt(record);
        boolean same = source == RecordCursor.NONE
                || target == RecordCursor.NONE
                || record.word(source) == record.word(target) && record.word(source + 8) == record.word(target + 8);
        return same ? RecordCursor.NONE : target;
    }

    private static int sourceAt(RecordCursor record) {
        int type = record.typeNumber();
        boolean moves = type == RecordType.RENME.number() || type == RecordType.MIGRT.number();
        return moves && record.hasRename() && !record.fidIsZero(record.sourceAt())
                ? record.sourceAt()
                : RecordCursor.NONE;
    }

    private static int targetAt(RecordCursor record) {
        return record.typeNumber() == RecordType.MARK.number() || record.fidIsZero(record.targetAt())
                ? RecordCursor.NONE
                : record.targetAt();
    }
}

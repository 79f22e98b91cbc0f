// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordType;

/**
 * The changes of an object that stay, from its last barrier on. A later one takes the place of an earlier one that says
 * nothing else: of the same type, with no flag that the later one lacks (the flags of SATTR say which attributes, those of
 * CLOSE how the file was open), and for XATTR of the same attribute.
 */
final class Changes {
    /** So many are looked at, the newest first: an object may have any number of extended attributes. */
    static final int LOOKED_AT = 16;

    private final WindowRecords records;
    private final RecordChain chain = new RecordChain();
    private final RecordCursor earlier = new RecordCursor();

    Changes(WindowRecords records) {
        this.records = records;
    }

    void add(int record, RecordCursor cursor, int subject) {
        int later = WindowRecords.NONE;
        int at = chain.newest(subject);
        for (int i = 0; i < LOOKED_AT && at != WindowRecords.NONE; i++) {
            int next = chain.before(at);
            if (saysAsMuch(cursor, records.moveTo(at, earlier))) {
                records.suppress(at, record, Suppression.REPLACED);
                chain.remove(subject, later);
            } else {
                later = at;
            }
            at = next;
        }
        chain.add(subject, record);
    }

    private static boolean saysAsMuch(RecordCursor later, RecordCursor earlier) {
        return later.typeNumber() == earlier.typeNumber()
                && (earlier.typeFlags() & ~later.typeFlags()) == 0
                && (later.typeNumber() != RecordType.XATTR.number() || ofOneAttribute(later, earlier));
    }

    private static boolean ofOneAttribute(RecordCursor one, RecordCursor other) {
        return one.hasXattr()
                && other.hasXattr()
                && one.xattrFrom() < one.xattrTo()
                && RecordNames.same(one, one.xattrFrom(), one.xattrTo(), other, other.xattrFrom(), other.xattrTo());
    }

    /** {@code removal} stands for all of them. */
    void removed(int subject, int removal) {
        for (int at = chain.takeNewest(subject); at != WindowRecords.NONE; at = chain.takeNewest(subject)) {
            records.suppress(at, removal, Suppression.REMOVED);
        }
    }

    void cancelled(int subject) {
        for (int at = chain.takeNewest(subject); at != WindowRecords.NONE; at = chain.takeNewest(subject)) {
            records.cancel(at, Suppression.CANCELLED);
        }
    }

    /** A barrier: they stay for good. */
    void forget(int subject) {
        chain.forget(subject);
    }
}

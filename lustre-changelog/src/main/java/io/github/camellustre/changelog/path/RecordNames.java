// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordType;
import java.util.Arrays;

/** A record as a change of names, where it is one: which object, which directories. Reused, not for several threads at once. */
final class RecordNames {
    private static final int CREAT = RecordType.CREAT.number();
    private static final int MKDIR = RecordType.MKDIR.number();
    private static final int HLINK = RecordType.HLINK.number();
    private static final int SLINK = RecordType.SLINK.number();
    private static final int MKNOD = RecordType.MKNOD.number();
    private static final int UNLNK = RecordType.UNLNK.number();
    private static final int RMDIR = RecordType.RMDIR.number();
    private static final int RENME = RecordType.RENME.number();
    private static final int MIGRT = RecordType.MIGRT.number();

    private static final int LAST_LINK = 0x1;
    private static final long NANOS = 1_000_000_000;

    private final RecordCursor cursor = new RecordCursor();
    private int type;
    private Fid target;
    private Fid subject;
    private Link link;
    private Link oldLink;

    RecordNames moveTo(ChangelogRecord record) {
        cursor.moveTo(record);
        type = cursor.typeNumber();
        target = type == RecordType.MARK.number() ? Fid.ZERO : fid(cursor.targetAt());
        subject = target;
        link = null;
        oldLink = null;
        if (changes() && !cursor.fidIsZero(cursor.parentAt())) {
            long time = cursor.seconds() * NANOS + cursor.nanos();
            link = new Link(fid(cursor.parentAt()), bytes(cursor.nameFrom(), cursor.nameTo()), time);
            if ((type == RENME || type == MIGRT) && cursor.hasRename() && !cursor.fidIsZero(cursor.sourceAt())) {
                subject = fid(cursor.sourceAt());
                boolean same = cursor.fidIsZero(cursor.sourceParentAt());
                Fid oldParent = same ? link.parent : fid(cursor.sourceParentAt());
                oldLink = new Link(oldParent, bytes(cursor.oldNameFrom(), cursor.oldNameTo()), time);
            }
        }
        return this;
    }

    private boolean changes() {
        return RecordType.of(type).changesNameSpace();
    }

    /** What it is about; zero if it is about nothing. Of a migration the FID before it. */
    Fid subject() {
        return subject;
    }

    /** The FID that {@link #learnInto} leaves the subject's names under. */
    Fid subjectAfter() {
        return type == MIGRT && !target.isZero() ? target : subject;
    }

    /** The name that it is about, of a rename the new one; null if it changes none. */
    Link link() {
        return link;
    }

    /** Of a rename the old name; else null. */
    Link oldLink() {
        return type == RENME ? oldLink : null;
    }

    /** Whether the record tells all names of its subject. */
    boolean creates() {
        return type == CREAT || type == MKDIR || type == SLINK || type == MKNOD;
    }

    private boolean isLast() {
        return (cursor.typeFlags() & LAST_LINK) != 0;
    }

    long index() {
        return cursor.index();
    }

    void learnInto(NameTable table) {
        if (link == null || target.isZero() && oldLink == null) {
            return;
        }
        if (creates()) {
            table.born(target, link);
        } else if (type == HLINK) {
            table.add(target, link);
        } else if (type == UNLNK || type == RMDIR) {
            table.remove(target, link, isLast());
        } else if (type == RENME && oldLink != null) {
            if (!target.isZero()) {
                table.remove(target, link, isLast());
            }
            table.move(subject, oldLink, link);
        } else if (type == MIGRT && oldLink != null) {
            migrateIn(table);
        }
    }

    /** A file with several names keeps its FID. */
    private void migrateIn(NameTable table) {
        Link there = new Link(oldLink.parent, link.name, link.time);
        if (subject.equals(target) || target.isZero()) {
            table.add(subject, there);
        } else {
            table.migrate(subject, target, there);
        }
    }

    private Fid fid(int at) {
        return new Fid(cursor.fidSequence(at), cursor.fidObjectId(at), cursor.fidVersion(at));
    }

    private byte[] bytes(int from, int to) {
        return Arrays.copyOfRange(cursor.bytes(), from, to);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.HsmChange;
import io.github.camellustre.changelog.RecordType;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a reader that only sees the stream knows about an object. Equal by what it knows. */
final class StreamObject {
    private static final Set<RecordType> OF_A_NEW_OBJECT = Set.of(
            RecordType.TRUNC, RecordType.CLOSE, RecordType.SATTR, RecordType.MTIME, RecordType.CTIME, RecordType.ATIME);

    /** CREAT, MKDIR, SLINK, MKNOD; null if its birth was never seen. */
    final RecordType kind;

    final Set<ModelName> names = new HashSet<>();

    private boolean archived;
    private boolean released;
    private boolean dirty;
    /** Born in this window: its data and attributes are new to the reader, whatever was done to them since. */
    private boolean fresh;
    /** Since the window began: types of what was done, with the flags of all of them. */
    private final TreeMap<Integer, Integer> touched = new TreeMap<>();

    private final Set<String> xattrs = new TreeSet<>();

    StreamObject(RecordType kind) {
        this.kind = kind;
        this.fresh = kind != null;
    }

    void touch(ChangelogRecord record) {
        RecordType type = record.type();
        if (type.equals(RecordType.HSM)) {
            hsm(record.hsm());
        }
        if (type.equals(RecordType.XATTR)) {
            xattrs.add(record.xattrName());
        } else if (!fresh || !OF_A_NEW_OBJECT.contains(type)) {
            touched.merge(type.number(), record.typeFlags(), (a, b) -> a | b);
        }
    }

    private void hsm(HsmChange change) {
        if (change.error() != 0) {
            return;
        }
        switch (change.event()) {
            case HsmChange.ARCHIVE -> archived = true;
            case HsmChange.RELEASE -> released = true;
            case HsmChange.RESTORE -> released = false;
            case HsmChange.REMOVE -> archived = false;
            default -> {}
        }
        dirty = change.isDirty();
    }

    void windowEnds() {
        fresh = false;
        touched.clear();
        xattrs.clear();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamObject that
                && Objects.equals(that.kind, kind)
                && that.names.equals(names)
                && that.archived == archived
                && that.released == released
                && that.dirty == dirty
                && that.fresh == fresh
                && that.touched.equals(touched)
                && that.xattrs.equals(xattrs);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + names + (archived ? " archived" : "") + (released ? " released" : "")
                + (dirty ? " dirty" : "") + (fresh ? " fresh" : "") + " touched " + touched + " xattrs " + xattrs;
    }
}

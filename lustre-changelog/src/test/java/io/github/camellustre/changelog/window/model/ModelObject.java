// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordType;
import java.util.LinkedHashSet;
import java.util.Set;

/** An inode of the {@link ModelFileSystem}. */
final class ModelObject {
    Fid fid;
    int mdt;
    /** CREAT, MKDIR, SLINK or MKNOD: what it was born as. */
    final RecordType kind;

    final Set<ModelName> names = new LinkedHashSet<>();
    int opened;
    /** It has a copy in the archive. */
    boolean archived;
    /** Grows with each change of data or attributes. */
    int version;

    ModelObject(Fid fid, int mdt, RecordType kind) {
        this.fid = fid;
        this.mdt = mdt;
        this.kind = kind;
    }

    boolean isDirectory() {
        return kind.equals(RecordType.MKDIR);
    }

    boolean isFile() {
        return kind.equals(RecordType.CREAT);
    }

    /** Of a directory, which has one. */
    ModelName name() {
        return names.iterator().next();
    }
}

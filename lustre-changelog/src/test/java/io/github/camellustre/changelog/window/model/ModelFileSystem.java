// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.HsmChange;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.util.List;

/**
 * A small Lustre of several MDTs that writes the changelogs which a real one was seen to write (docs/records.md): each
 * record in the log of the MDT where it is found, a rename's target zero unless something was overwritten, a FID that
 * changes in a migration. An operation that is not possible does nothing.
 */
final class ModelFileSystem {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int WRITTEN = 0x2;

    final ModelTree tree = new ModelTree();
    final ModelChangelog changelog;
    private final int mdts;

    ModelFileSystem(int mdts) {
        this.mdts = mdts;
        this.changelog = new ModelChangelog(mdts);
    }

    void carryOut(Operation operation) {
        int a = operation.a();
        int b = operation.b();
        int c = operation.c();
        switch (operation.kind()) {
            case CREATE -> create(RecordType.CREAT, a, b, c);
            case MKDIR -> create(RecordType.MKDIR, a, b, c);
            case MKNOD -> create(RecordType.MKNOD, a, b, c);
            case SYMLINK -> create(RecordType.SLINK, a, b, c);
            case LINK -> link(a, b, c);
            case RENAME -> rename(a, b, c);
            case UNLINK -> unlink(a);
            case RMDIR -> rmdir(a);
            case SETATTR -> touch(RecordType.SATTR, 1 << b % 6, a, c);
            case TRUNCATE -> touchFile(RecordType.TRUNC, 0xe, a, c);
            case WRITE -> touchFile(RecordType.CLOSE, 0x42, a, c);
            case READ -> touchFile(RecordType.CLOSE, 0x1, a, c);
            case OPEN -> open(a, b, c);
            case CLOSE -> close(a, b, c);
            case TOUCH -> touch(RecordType.of(RecordType.MTIME.number() + b % 3), 0x5, a, c);
            case SETXATTR -> xattr(RecordType.XATTR, a, b, c);
            case GETXATTR -> xattr(RecordType.GXATR, a, b, c);
            case HSM -> hsm(a, b, c);
            case LAYOUT ->
                touchFile(
                        List.of(RecordType.LYOUT, RecordType.FLRW, RecordType.RESYNC)
                                .get(b % 3),
                        0,
                        a,
                        c);
            case MIGRATE -> migrate(a, b);
            case MARK -> changelog.addMark(a % mdts);
            case UNKNOWN -> unknown(a, b, c);
        }
    }

    /** A new object lies with its directory, or anywhere: in a striped directory, or a directory near the root. */
    private void create(RecordType kind, int a, int b, int c) {
        ModelObject directory = directory(a);
        ModelName name = new ModelName(directory.fid, NAMES.get(b % NAMES.size()));
        if (tree.at(name) == null) {
            ModelObject object = tree.create(c % 3 == 0 ? c % mdts : directory.mdt, kind, name);
            changelog.add(object.mdt, kind, 0, object.fid, name);
            if (kind.equals(RecordType.CREAT) && c % 2 == 0) {
                log(object, RecordType.CLOSE, 0x42, c);
            }
        }
    }

    private void link(int a, int b, int c) {
        ModelObject object = tree.pick(a, o -> !o.isDirectory() && !o.names.isEmpty());
        ModelObject directory = directory(b);
        ModelName name = new ModelName(directory.fid, NAMES.get(c % NAMES.size()));
        if (object != null && tree.at(name) == null) {
            tree.link(object, name);
            changelog.add(directory.mdt, RecordType.HLINK, 0, object.fid, name);
        }
    }

    private void rename(int a, int b, int c) {
        ModelName from = tree.pickName(a, o -> true);
        ModelObject directory = directory(b);
        ModelName to = new ModelName(directory.fid, NAMES.get(c % NAMES.size()));
        if (from == null || from.equals(to)) {
            return;
        }
        ModelObject moved = tree.at(from);
        ModelObject overwritten = tree.at(to);
        boolean possible = !(moved.isDirectory() && tree.isBelow(directory, moved))
                && (overwritten == null
                        || overwritten != moved
                                && overwritten.isDirectory() == moved.isDirectory()
                                && tree.children(overwritten.fid).isEmpty());
        if (possible) {
            int flags = 0;
            if (overwritten != null) {
                // A file that is still open loses its last name with the flag unset.
                flags = overwritten.opened > 0 ? 0 : lastLink(overwritten);
                tree.unlink(to);
            }
            tree.move(from, to);
            Fid target = overwritten == null ? Fid.ZERO : overwritten.fid;
            changelog.addMove(directory.mdt, RecordType.RENME, flags, target, moved.fid, from, to);
        }
    }

    private void unlink(int a) {
        ModelName name = tree.pickName(a, o -> !o.isDirectory());
        if (name != null) {
            ModelObject object = tree.at(name);
            int flags = lastLink(object);
            tree.unlink(name);
            changelog.add(object.mdt, RecordType.UNLNK, flags, object.fid, name);
        }
    }

    private static int lastLink(ModelObject object) {
        return object.names.size() > 1 ? 0 : object.archived ? 0x3 : 0x1;
    }

    private void rmdir(int a) {
        ModelName name =
                tree.pickName(a, o -> o.isDirectory() && tree.children(o.fid).isEmpty());
        if (name != null) {
            ModelObject object = tree.at(name);
            tree.unlink(name);
            changelog.add(object.mdt, RecordType.RMDIR, 0x1, object.fid, name);
        }
    }

    private void touchFile(RecordType type, int flags, int a, int c) {
        ModelObject object = tree.pick(a, ModelObject::isFile);
        if (object != null) {
            log(object, type, flags, c);
        }
    }

    private void touch(RecordType type, int flags, int a, int c) {
        ModelObject object = tree.pick(a, o -> !o.fid.equals(ModelTree.ROOT));
        if (object != null) {
            log(object, type, flags, c);
        }
    }

    private void log(ModelObject object, RecordType type, int flags, int chance) {
        object.version++;
        changelog.addWithoutName(object.mdt, new RecordBuilder(type).typeFlags(flags), object, chance);
    }

    private void open(int a, int b, int c) {
        ModelObject object = tree.pick(a, o -> o.isFile() && !o.names.isEmpty());
        if (object != null) {
            object.opened++;
            if (b % 3 == 0) {
                log(object, RecordType.NOPEN, 0x2, c);
            }
            log(object, RecordType.OPEN, b % 2 == 0 ? 0x1 : WRITTEN, c);
        }
    }

    private void close(int a, int b, int c) {
        ModelObject object = tree.pick(a, o -> o.opened > 0);
        if (object != null) {
            object.opened--;
            log(object, RecordType.CLOSE, b % 2 == 0 ? 0x1 : WRITTEN, c);
            tree.forgetIfGone(object);
        }
    }

    private void xattr(RecordType type, int a, int b, int c) {
        ModelObject object = tree.pick(a, o -> !o.fid.equals(ModelTree.ROOT));
        if (object != null) {
            object.version++;
            changelog.addWithoutName(
                    object.mdt, new RecordBuilder(type).xattr("user." + NAMES.get(b % NAMES.size())), object, c);
        }
    }

    /** What was seen: an archive is three records, a release without restore none. */
    private void hsm(int a, int b, int c) {
        ModelObject object = tree.pick(a, ModelObject::isFile);
        if (object == null) {
            return;
        }
        switch (b % 6) {
            case 0 -> {
                hsm(object, HsmChange.STATE, 0, 0, c);
                hsm(object, HsmChange.STATE, 0, 0, c);
                object.archived = true;
                hsm(object, HsmChange.ARCHIVE, 0, 0, c);
            }
            case 1 -> hsm(object, HsmChange.ARCHIVE, 0, 125, c);
            case 2 -> {
                log(object, RecordType.TRUNC, 0xe, c);
                log(object, RecordType.LYOUT, 0, c);
                log(object, RecordType.CLOSE, 0x2, c);
            }
            case 3 -> {
                hsm(object, HsmChange.RELEASE, 0, 0, c);
                hsm(object, HsmChange.RESTORE, 0, 0, c);
            }
            case 4 -> hsm(object, HsmChange.STATE, 1, 0, c);
            default -> {
                object.archived = false;
                hsm(object, HsmChange.REMOVE, c % 2, 0, c);
            }
        }
    }

    private void hsm(ModelObject object, int event, int flags, int error, int chance) {
        log(object, RecordType.HSM, new HsmChange(event, flags, error).toTypeFlags(), chance);
    }

    private void migrate(int a, int b) {
        ModelName name = tree.pickName(a, o -> true);
        if (name != null) {
            migrate(tree.at(name), tree.object(name.parent()).mdt, b % mdts, name, name);
        }
    }

    /** Of a server that is newer than the reader: about an object, or about none that the reader could find. */
    private void unknown(int a, int b, int c) {
        RecordType type = RecordType.of(25 + b % 3);
        if (b % 4 == 0) {
            changelog.add(a % mdts, type, 0x1, Fid.ZERO, new ModelName(directory(a).fid, NAMES.get(c % NAMES.size())));
        } else {
            touch(type, 0x1, a, c);
        }
    }

    /** The FID changes unless other names or openers know it; a directory takes what is in it along, first itself. */
    private void migrate(ModelObject object, int from, int to, ModelName oldName, ModelName newName) {
        int mdt = object.mdt;
        Fid old = object.fid;
        object.version++;
        if (object.names.size() == 1 && object.opened == 0) {
            tree.renumber(object, to);
        }
        int log = object.isDirectory() ? object.mdt : from;
        // The parents are the other way round than a rename's.
        changelog.addMove(log, RecordType.MIGRT, 0, object.fid, old, newName, oldName);
        if (object.isDirectory()) {
            for (ModelName child : tree.children(object.fid)) {
                ModelObject inside = tree.at(child);
                // Of a directory inside both parents are the new one.
                ModelName before = inside.isDirectory() ? child : new ModelName(old, child.name());
                migrate(inside, mdt, to, before, child);
            }
        }
    }

    private ModelObject directory(int number) {
        return tree.pick(number, o -> o.isDirectory());
    }
}

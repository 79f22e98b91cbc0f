// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.List;

/**
 * The changelogs of all MDTs of the {@link ModelFileSystem}, in the order of time. One clock for all, so that what depends
 * on something else comes after it.
 */
final class ModelChangelog {
    private static final long START = 1_790_000_000L;

    private final long[] indexes;
    private final List<ChangelogRecord> fresh = new ArrayList<>();
    private long nanos;
    /** Parent of an earlier record: what lies where a record has no parent of its own. */
    private Fid leftOver = Fid.ZERO;

    ModelChangelog(int mdts) {
        indexes = new long[mdts];
    }

    static String mdt(int number) {
        return "fs-MDT000" + number;
    }

    /** What was written since the last call. */
    List<ChangelogRecord> take() {
        List<ChangelogRecord> taken = List.copyOf(fresh);
        fresh.clear();
        return taken;
    }

    void add(int mdt, RecordType type, int flags, Fid target, ModelName name) {
        leftOver = name.parent();
        write(
                mdt,
                new RecordBuilder(type)
                        .typeFlags(flags)
                        .target(target)
                        .parent(name.parent())
                        .name(name.name()));
    }

    /** The parent of such a record may be right, missing or another's. */
    void addWithoutName(int mdt, RecordBuilder record, ModelObject object, int chance) {
        Fid right = object.names.isEmpty() ? Fid.ZERO : object.name().parent();
        Fid parent = switch (chance % 3) {
            case 0 -> Fid.ZERO;
            case 1 -> right;
            default -> leftOver;
        };
        write(mdt, record.target(object.fid).parent(parent));
    }

    /** RENME and MIGRT. */
    void addMove(int mdt, RecordType type, int flags, Fid target, Fid source, ModelName from, ModelName to) {
        leftOver = to.parent();
        write(
                mdt,
                new RecordBuilder(type)
                        .typeFlags(flags)
                        .target(target)
                        .parent(to.parent())
                        .name(to.name())
                        .rename(source, from.parent())
                        .oldName(from.name()));
    }

    /** Its parent and name are what happened to lie there. */
    void addMark(int mdt) {
        write(
                mdt,
                new RecordBuilder(RecordType.MARK)
                        .target(0x40001, 0, 0)
                        .parent(0, 0x50, (int) indexes[mdt])
                        .name("fs-MDD\001\002"));
    }

    private void write(int mdt, RecordBuilder record) {
        nanos += 1_000;
        fresh.add(record.index(++indexes[mdt])
                .time(START + nanos / 1_000_000_000, (int) (nanos % 1_000_000_000))
                .job("model.0")
                .build(mdt(mdt)));
    }
}

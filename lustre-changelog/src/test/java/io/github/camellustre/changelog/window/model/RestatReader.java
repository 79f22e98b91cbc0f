// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A reader as robinhood is one: a record tells it only what to look up, and it finds in the file system what is true. Its
 * database is what it found.
 */
final class RestatReader {
    private record Found(int version, Set<ModelName> names, boolean archived) {}

    private final Map<Fid, Found> objects = new HashMap<>();
    private final Map<Fid, Set<ModelName>> directories = new HashMap<>();
    private final Set<Fid> stale = new HashSet<>();
    private final Set<Fid> staleDirectories = new HashSet<>();

    void apply(ChangelogRecord record) {
        stale.addAll(record.subjects());
        if (record.type().changesNameSpace()) {
            staleDirectories.add(record.parentFid());
            if (record.hasRename()) {
                staleDirectories.add(record.sourceParentFid());
            }
        }
    }

    void windowEnds(ModelTree truth) {
        for (Fid fid : stale) {
            ModelObject object = truth.object(fid);
            if (object == null || object.names.isEmpty()) {
                objects.remove(fid);
            } else {
                objects.put(fid, new Found(object.version, Set.copyOf(object.names), object.archived));
            }
        }
        for (Fid fid : staleDirectories) {
            Set<ModelName> names = Set.copyOf(truth.children(fid));
            if (names.isEmpty()) {
                directories.remove(fid);
            } else {
                directories.put(fid, names);
            }
        }
        stale.clear();
        staleDirectories.clear();
    }

    /** The same, of some objects only. */
    RestatReader of(Predicate<Fid> judged) {
        RestatReader some = new RestatReader();
        objects.forEach((fid, found) -> {
            if (judged.test(fid)) {
                some.objects.put(fid, found);
            }
        });
        return some;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RestatReader that
                && that.objects.equals(objects)
                && that.directories.equals(directories);
    }

    @Override
    public int hashCode() {
        return objects.hashCode();
    }

    @Override
    public String toString() {
        return objects + "\n" + directories;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a reader that only sees the stream knows: objects by FID with their kind, names, HSM state and what was done to
 * them in this window. It believes each record, and starts from nothing.
 */
final class StreamState {
    private final Map<Fid, StreamObject> objects = new HashMap<>();
    private final Map<ModelName, Fid> entries = new HashMap<>();
    /** Removed objects whose copy in the archive is left behind. */
    private final Set<Fid> leftInArchive = new HashSet<>();
    /** Records of types that this reader does not know, and how many. */
    private final Map<String, Integer> unknown = new TreeMap<>();

    private final boolean strict;

    /** @param strict whether each record must be possible when it is carried out: its parent there, its new name free... */
    StreamState(boolean strict) {
        this.strict = strict;
    }

    void apply(ChangelogRecord record) {
        RecordType type = record.type();
        Fid target = record.targetFid();
        if (type.number() >= RecordType.known().size()) {
            unknown.merge(type + " " + target, 1, Integer::sum);
        } else if (!type.changesNameSpace()) {
            if (!record.isMark() && objects.containsKey(target)) {
                objects.get(target).touch(record);
            }
        } else if (type.equals(RecordType.RENME)) {
            rename(record);
        } else if (type.equals(RecordType.MIGRT)) {
            migrate(record);
        } else if (type.equals(RecordType.UNLNK) || type.equals(RecordType.RMDIR)) {
            remove(record, target);
        } else {
            if (!type.equals(RecordType.HLINK)) {
                objects.put(target, new StreamObject(type));
            }
            requireFree(record);
            link(target, newName(record));
        }
    }

    private void rename(ChangelogRecord record) {
        if (!record.targetFid().isZero()) {
            remove(record, record.targetFid());
        }
        ModelName from = new ModelName(record.sourceParentFid(), record.oldNameText());
        requireThere(record.sourceFid(), from, record);
        requireOutside(record.sourceFid(), record);
        unlink(record.sourceFid(), from);
        requireFree(record);
        link(record.sourceFid(), newName(record));
    }

    /** What is in a directory goes along with it. */
    private void migrate(ChangelogRecord record) {
        Fid old = record.sourceFid();
        Fid now = record.targetFid();
        ModelName name = new ModelName(record.sourceParentFid(), record.nameText());
        unlink(old, newName(record));
        unlink(old, name);
        StreamObject object = objects.remove(old);
        if (object != null) {
            objects.put(now, object);
            for (ModelName other : List.copyOf(object.names)) {
                entries.put(other, now);
            }
        }
        link(now, name);
        for (Map.Entry<ModelName, Fid> entry : List.copyOf(entries.entrySet())) {
            if (entry.getKey().parent().equals(old) && !now.equals(old)) {
                unlink(entry.getValue(), entry.getKey());
                link(entry.getValue(), new ModelName(now, entry.getKey().name()));
            }
        }
    }

    private void remove(ChangelogRecord record, Fid fid) {
        requireThere(fid, newName(record), record);
        if (strict && entries.keySet().stream().anyMatch(name -> name.parent().equals(fid))) {
            throw new AssertionError(record + ": " + fid + " is not empty");
        }
        unlink(fid, newName(record));
        StreamObject object = objects.get(fid);
        if (object != null && (record.isLastLink() || object.names.isEmpty())) {
            objects.remove(fid);
            object.names.forEach(entries::remove);
        }
        if (record.isArchived()) {
            leftInArchive.add(fid);
        }
    }

    private void requireThere(Fid fid, ModelName name, ChangelogRecord record) {
        if (strict && !fid.equals(entries.get(name))) {
            throw new AssertionError(record + ": " + fid + " is not at " + name);
        }
    }

    private void requireFree(ChangelogRecord record) {
        boolean parent = record.parentFid().equals(ModelTree.ROOT) || objects.containsKey(record.parentFid());
        if (strict && (!parent || entries.containsKey(newName(record)))) {
            throw new AssertionError(record + ": " + newName(record) + " is taken, or its parent is not there");
        }
    }

    /** No directory moves into itself. */
    private void requireOutside(Fid moved, ChangelogRecord record) {
        Fid at = record.parentFid();
        while (strict && !at.equals(ModelTree.ROOT)) {
            StreamObject directory = objects.get(at);
            if (at.equals(moved) || directory == null || directory.names.isEmpty()) {
                throw new AssertionError(record + ": its parent lies in what is moved, or nowhere");
            }
            at = directory.names.iterator().next().parent();
        }
    }

    private void link(Fid fid, ModelName name) {
        entries.put(name, fid);
        objects.computeIfAbsent(fid, f -> new StreamObject(null)).names.add(name);
    }

    private void unlink(Fid fid, ModelName name) {
        entries.remove(name);
        if (objects.containsKey(fid)) {
            objects.get(fid).names.remove(name);
        }
    }

    private static ModelName newName(ChangelogRecord record) {
        return new ModelName(record.parentFid(), record.nameText());
    }

    /** The reader has done with what it was told. */
    void windowEnds() {
        objects.values().forEach(StreamObject::windowEnds);
    }

    /** The same, of some objects only; what lies where is then left open. */
    StreamState of(Predicate<Fid> judged) {
        StreamState some = new StreamState(strict);
        objects.forEach((fid, object) -> {
            if (judged.test(fid)) {
                some.objects.put(fid, object);
            }
        });
        leftInArchive.stream().filter(judged).forEach(some.leftInArchive::add);
        some.unknown.putAll(unknown);
        return some;
    }

    /** What the reader believes to be the names of an object; empty if it knows none. */
    Set<ModelName> names(Fid fid) {
        return objects.containsKey(fid) ? objects.get(fid).names : Set.of();
    }

    int size() {
        return objects.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamState that
                && that.objects.equals(objects)
                && that.entries.equals(entries)
                && that.leftInArchive.equals(leftInArchive)
                && that.unknown.equals(unknown);
    }

    @Override
    public int hashCode() {
        return objects.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        objects.entrySet().stream()
                .map(entry -> "  " + entry.getKey() + " " + entry.getValue() + "\n")
                .sorted()
                .forEach(text::append);
        return text.append("  in archive ")
                .append(leftInArchive)
                .append(" unknown ")
                .append(unknown)
                .toString();
    }
}

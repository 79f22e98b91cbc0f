// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.PathReason;
import io.github.camellustre.changelog.RecordPaths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says where the object of a record is, or which objects the file system is to be asked for first. Not for several threads at once. */
final class PathReader {
    private final NameTable table;
    private final boolean allNames;
    private final PathWalk walk;
    private final RecordNames names = new RecordNames();

    /** What the file system said to what the table does not know; null if it cannot be asked. */
    private Map<Fid, Answer> answers;
    /** What it is to be asked. */
    private final Set<Fid> missing = new HashSet<>();

    private PathReason reason;
    private String error;

    PathReader(NameTable table, boolean allNames) {
        this.table = table;
        this.allNames = allNames;
        this.walk = new PathWalk(table);
    }

    /** @param known what the file system has said so far; null if there is none to be asked */
    void ask(Map<Fid, Answer> known) {
        answers = known;
    }

    /** Objects without which the last record that was read has no whole path. */
    Set<Fid> missing() {
        return missing;
    }

    /**
     * Where the record's object is. Where {@link #missing} is not empty afterwards, that is not all that could be known.
     *
     * @param learnt which were learnt from before; null to leave the table as it is
     */
    RecordPaths read(ChangelogRecord record, LearntIndexes learnt) {
        missing.clear();
        reason = null;
        error = null;
        names.moveTo(record);
        if (names.subject().isZero()) {
            return RecordPaths.NONE;
        }
        ObjectPath old = names.oldLink() == null ? null : to(names.oldLink());
        ObjectPath path = names.link() == null ? of(names.subject()) : to(names.link());
        boolean listed = allNames && names.link() != null && !names.creates();
        if (listed) {
            askForAllNames(names.subject());
        }
        if (!missing.isEmpty()) {
            return null;
        }
        if (learnt != null && names.link() != null && learnt.add(names.index())) {
            names.learnInto(table);
        }
        List<ObjectPath> all = allNames ? all(names.subjectAfter()) : List.of();
        return RecordPaths.of(path, old, reason, error).withNames(all);
    }

    private ObjectPath to(Link link) {
        ObjectPath path = walk.to(link);
        if (path.isWhole()) {
            return path;
        }
        Fid from = path.from().orElseThrow();
        KnownObject directory = table.get(from);
        Answer answer = directory != null && directory.isGone() ? given(from) : answer(from);
        if (answer != null && !answer.paths().isEmpty()) {
            return answer.paths().get(0).resolve(path.bytes());
        }
        missed(PathReason.PARTIAL, answer);
        return path;
    }

    private ObjectPath of(Fid subject) {
        Fid fid = table.current(subject);
        if (fid.equals(NameTable.ROOT)) {
            return ObjectPath.ROOT;
        }
        KnownObject known = table.get(fid);
        if (known != null && known.links().length > 0) {
            if (allNames) {
                askForAllNames(fid);
            }
            return to(known.newest());
        }
        return known != null && known.isGone() ? lost(known, PathReason.GONE, given(fid)) : unnamed(fid, known);
    }

    /** The object has no name that is known, and may have one. */
    private ObjectPath unnamed(Fid fid, KnownObject known) {
        Answer answer = answer(fid);
        if (answer != null && !answer.paths().isEmpty()) {
            return answer.paths().get(0);
        }
        return lost(known, PathReason.UNKNOWN, answer);
    }

    private ObjectPath lost(KnownObject known, PathReason without, Answer answer) {
        missed(without, answer);
        return known == null || known.newest() == null ? null : walk.to(known.newest());
    }

    private void askForAllNames(Fid fid) {
        KnownObject known = table.get(fid);
        if (known == null || !known.isComplete() && known.successor() == null) {
            answer(fid);
        }
        if (known != null) {
            for (Link link : known.links()) {
                to(link);
            }
        }
    }

    /** Null if there is none: not yet, then it is missing, or never. */
    private Answer answer(Fid fid) {
        Answer answer = given(fid);
        if (answer == null && answers != null) {
            missing.add(fid);
        }
        return answer;
    }

    /** What was answered already; null if nothing was. */
    private Answer given(Fid fid) {
        return answers == null ? null : answers.get(fid);
    }

    private void missed(PathReason without, Answer answer) {
        if (reason == null) {
            // of a directory that is gone now what was in it may have moved before
            boolean told = answer != null && (without != PathReason.PARTIAL || answer.reason() != PathReason.GONE);
            reason = told ? answer.reason() : without;
            error = answer == null ? null : answer.error();
        }
    }

    private List<ObjectPath> all(Fid subject) {
        Fid fid = table.current(subject);
        KnownObject known = table.get(fid);
        List<ObjectPath> all = new ArrayList<>();
        if (known != null) {
            for (Link link : known.links()) {
                all.add(to(link));
            }
        }
        boolean told = known != null && (known.isComplete() || known.isGone());
        Answer answer = told ? null : given(fid);
        if (answer != null && answer.paths().size() > all.size()) {
            return answer.paths();
        }
        return all;
    }

    /** Objects that the records will need, and that nothing tells of before them: to be asked for at once. */
    void collect(List<ChangelogRecord> records, int from, int to, Set<Fid> born, Set<Fid> into) {
        for (int i = from; i < to; i++) {
            missing.clear();
            names.moveTo(records.get(i));
            if (names.subject().isZero()) {
                continue;
            }
            if (names.link() == null) {
                of(names.subject());
            } else {
                to(names.link());
                if (names.oldLink() != null) {
                    to(names.oldLink());
                }
                if (allNames && !names.creates()) {
                    askForAllNames(names.subject());
                }
            }
            missing.removeAll(born);
            into.addAll(missing);
            if (names.link() != null) {
                born.add(names.subjectAfter());
            }
        }
    }
}

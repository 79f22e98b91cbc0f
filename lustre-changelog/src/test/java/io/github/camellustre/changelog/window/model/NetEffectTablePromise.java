// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import static io.github.camellustre.changelog.RecordType.ATIME;
import static io.github.camellustre.changelog.RecordType.CLOSE;
import static io.github.camellustre.changelog.RecordType.CREAT;
import static io.github.camellustre.changelog.RecordType.CTIME;
import static io.github.camellustre.changelog.RecordType.MKDIR;
import static io.github.camellustre.changelog.RecordType.MKNOD;
import static io.github.camellustre.changelog.RecordType.MTIME;
import static io.github.camellustre.changelog.RecordType.RMDIR;
import static io.github.camellustre.changelog.RecordType.SATTR;
import static io.github.camellustre.changelog.RecordType.SLINK;
import static io.github.camellustre.changelog.RecordType.TRUNC;
import static io.github.camellustre.changelog.RecordType.UNLNK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Of net-effect: that it does leave out what its table says, and never across what stands between. */
final class NetEffectTablePromise implements Promise {
    private static final Set<RecordType> BIRTHS = Set.of(CREAT, MKDIR, MKNOD, SLINK);
    private static final Set<RecordType> CHANGES = Set.of(TRUNC, CLOSE, SATTR, MTIME, CTIME, ATIME);

    @Override
    public void check(ClosedWindow window) {
        Map<Fid, List<ChangelogRecord>> left = byObject(window.result().records());
        byObject(window.received()).forEach((fid, records) -> {
            if (window.judged().test(fid)) {
                check(fid, records, left.getOrDefault(fid, List.of()), window);
            }
        });
    }

    private static void check(Fid fid, List<ChangelogRecord> records, List<ChangelogRecord> left, ClosedWindow window) {
        ChangelogRecord first = records.get(0);
        ChangelogRecord last = records.get(records.size() - 1);
        boolean born = BIRTHS.contains(first.type());
        boolean removed =
                last.isLastLink() && (last.type().equals(UNLNK) || last.type().equals(RMDIR));
        List<ChangelogRecord> between = records.subList(born ? 1 : 0, records.size() - (removed ? 1 : 0));
        if (between.stream().allMatch(record -> CHANGES.contains(record.type()))) {
            if (born && removed && isParent(fid, window.result().records())) {
                assertThat(left)
                        .as(() -> "created and removed, but named as parent\n" + window.story())
                        .contains(last);
            } else if (born && removed && !last.isArchived() && !isRenamesParent(fid, window)) {
                assertThat(left)
                        .as(() -> "created and removed\n" + window.story())
                        .isEmpty();
            } else if (removed && !born) {
                assertThat(left).as(() -> "removed\n" + window.story()).containsExactly(last);
            } else if (born && !removed) {
                assertThat(left).as(() -> "created\n" + window.story()).containsExactly(first);
            } else if (!born && between.stream().allMatch(record -> saysAsMuch(last, record))) {
                assertThat(left).as(() -> "changed\n" + window.story()).hasSize(1);
            }
        } else if (born && removed && between.stream().anyMatch(NetEffectTablePromise::standsBetween)) {
            assertThat(left)
                    .as(() -> "across what stands between\n" + window.story())
                    .contains(first, last);
        }
    }

    private static boolean saysAsMuch(ChangelogRecord last, ChangelogRecord earlier) {
        return earlier.type().equals(last.type()) && (earlier.typeFlags() & ~last.typeFlags()) == 0;
    }

    private static boolean isParent(Fid fid, List<ChangelogRecord> records) {
        return records.stream()
                .anyMatch(record -> (record.type().changesNameSpace() || isUnknown(record))
                        && (record.parentFid().equals(fid)
                                || record.hasRename()
                                        && record.sourceParentFid().equals(fid)));
    }

    /** Of renames that may have been folded into one past it: it may stay, though nobody would miss it. */
    private static boolean isRenamesParent(Fid fid, ClosedWindow window) {
        return isParent(
                fid,
                window.received().stream().filter(ChangelogRecord::hasRename).toList());
    }

    private static boolean standsBetween(ChangelogRecord record) {
        return record.type().changesNameSpace() || isUnknown(record);
    }

    private static boolean isUnknown(ChangelogRecord record) {
        return record.typeNumber() >= RecordType.known().size();
    }

    private static Map<Fid, List<ChangelogRecord>> byObject(List<ChangelogRecord> records) {
        Map<Fid, List<ChangelogRecord>> objects = new HashMap<>();
        for (ChangelogRecord record : records) {
            record.subjects()
                    .forEach(fid ->
                            objects.computeIfAbsent(fid, f -> new ArrayList<>()).add(record));
        }
        return objects;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import static io.github.camellustre.changelog.RecordType.CLOSE;
import static io.github.camellustre.changelog.RecordType.CREAT;
import static io.github.camellustre.changelog.RecordType.CTIME;
import static io.github.camellustre.changelog.RecordType.MKDIR;
import static io.github.camellustre.changelog.RecordType.MKNOD;
import static io.github.camellustre.changelog.RecordType.MTIME;
import static io.github.camellustre.changelog.RecordType.RMDIR;
import static io.github.camellustre.changelog.RecordType.SATTR;
import static io.github.camellustre.changelog.RecordType.TRUNC;
import static io.github.camellustre.changelog.RecordType.UNLNK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.HsmChange;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Of restat: the records that stay are those of robinhood's table, which is carried out here by searching backwards. */
final class SuppressionTablePromise implements Promise {
    /** Dropped when an earlier record of the object, wherever it lies, is of one of these types. */
    private static final Map<RecordType, Set<RecordType>> MASKED = Map.of(
            TRUNC, Set.of(TRUNC, CLOSE, MTIME, CREAT),
            CLOSE, Set.of(TRUNC, CLOSE, MTIME, CREAT),
            MTIME, Set.of(TRUNC, CLOSE, MTIME, CREAT, MKNOD, MKDIR),
            CTIME, Set.of(CTIME, SATTR, CREAT, MKNOD, MKDIR),
            SATTR, Set.of(CTIME, SATTR, CREAT, MKNOD, MKDIR));

    /** Dropped together with the nearest earlier record of the object if that is of one of these types. */
    private static final Map<RecordType, Set<RecordType>> CANCELLED =
            Map.of(UNLNK, Set.of(CREAT, MKNOD), RMDIR, Set.of(MKDIR));

    @Override
    public void check(ClosedWindow window) {
        List<ChangelogRecord> kept = new ArrayList<>();
        window.received().forEach(record -> add(record, kept));
        assertThat(window.result().records())
                .as(() -> "by robinhood's table\n" + window.story())
                .isEqualTo(kept);
    }

    private static void add(ChangelogRecord record, List<ChangelogRecord> kept) {
        if (record.isMark()) {
            return;
        }
        RecordType type = record.type();
        List<ChangelogRecord> earlier = ofObject(record.targetFid(), kept);
        Set<RecordType> masks = MASKED.getOrDefault(type, Set.of());
        if (earlier.stream().anyMatch(other -> masks.contains(other.type()))) {
            return;
        }
        ChangelogRecord nearest = earlier.isEmpty() ? null : earlier.get(earlier.size() - 1);
        if (nearest != null && CANCELLED.getOrDefault(type, Set.of()).contains(nearest.type())) {
            kept.remove(nearest);
            return;
        }
        if (isHsmState(record)) {
            earlier.stream().filter(SuppressionTablePromise::isHsmState).forEach(kept::remove);
        }
        kept.add(record);
    }

    private static boolean isHsmState(ChangelogRecord record) {
        return record.type().equals(RecordType.HSM) && record.hsm().event() == HsmChange.STATE;
    }

    private static List<ChangelogRecord> ofObject(Fid fid, List<ChangelogRecord> records) {
        return records.stream()
                .filter(record -> record.subjects().contains(fid))
                .toList();
    }
}

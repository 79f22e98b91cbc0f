// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.window.RecordIndexes;
import java.util.List;
import java.util.Set;

/** Of net-effect: no record stands for one of the same object on the other side of a move, a hard link or an unknown type. */
final class BarrierPromise implements Promise {
    private static final Set<RecordType> BARRIERS = Set.of(RecordType.RENME, RecordType.HLINK, RecordType.MIGRT);

    @Override
    public void check(ClosedWindow window) {
        for (int i = 0; i < window.result().records().size(); i++) {
            RecordIndexes indexes = window.result().standsFor(i);
            ChangelogRecord keeper = window.result().records().get(i);
            for (Fid fid : keeper.subjects()) {
                if (indexes.count() > 1 && window.judged().test(fid)) {
                    check(keeper, fid, indexes, window);
                }
            }
        }
    }

    private static void check(ChangelogRecord keeper, Fid fid, RecordIndexes indexes, ClosedWindow window) {
        List<ChangelogRecord> of = window.received().stream()
                .filter(record -> record.subjects().contains(fid))
                .toList();
        int first = of.size();
        int last = -1;
        for (int i = 0; i < of.size(); i++) {
            if (indexes.contains(of.get(i).mdt(), of.get(i).index())) {
                first = Math.min(first, i);
                last = i;
            }
        }
        for (int i = first + 1; i < last; i++) {
            ChangelogRecord between = of.get(i);
            // A chain of renames is one rename.
            assertThat(keeper.type().equals(RecordType.RENME) || !isBarrier(between))
                    .as(() -> keeper + " stands for a record on the other side of " + between + "\n" + window.story())
                    .isTrue();
        }
    }

    private static boolean isBarrier(ChangelogRecord record) {
        return BARRIERS.contains(record.type())
                || record.typeNumber() >= RecordType.known().size();
    }
}

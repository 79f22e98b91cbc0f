// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.window.RecordIndexes;
import java.util.HashMap;
import java.util.Map;

/**
 * Of every strategy: each record that came in is stood for by exactly one of the result, by itself if it is in it, or is
 * cancelled; and the result keeps the order.
 */
final class AccountingPromise implements Promise {

    @Override
    public void check(ClosedWindow window) {
        ChangelogBatch records = window.result().records();
        Map<String, Integer> keepers = new HashMap<>();
        note(window.result().cancelled(), -1, keepers, window);
        for (int i = 0; i < records.size(); i++) {
            note(window.result().standsFor(i), i, keepers, window);
        }
        Map<String, Integer> order = new HashMap<>();
        for (ChangelogRecord record : window.received()) {
            assertThat(keepers).as(() -> "accounted for\n" + window.story()).containsKey(id(record));
            order.put(id(record), order.size());
        }
        assertThat(keepers).as(() -> "accounted for\n" + window.story()).hasSameSizeAs(order);
        int before = -1;
        for (int i = 0; i < records.size(); i++) {
            String id = id(records.get(i));
            assertThat(keepers.get(id))
                    .as(() -> id + " stands for itself\n" + window.story())
                    .isEqualTo(i);
            int at = order.get(id);
            assertThat(at).as(() -> id + " in its order\n" + window.story()).isGreaterThan(before);
            before = at;
        }
    }

    private static void note(RecordIndexes indexes, int keeper, Map<String, Integer> keepers, ClosedWindow window) {
        for (String mdt : indexes.mdts()) {
            long[] ranges = indexes.ranges(mdt);
            for (int i = 0; i < ranges.length; i += 2) {
                for (long index = ranges[i]; index <= ranges[i + 1]; index++) {
                    Integer other = keepers.put(mdt + '/' + index, keeper);
                    if (other != null) {
                        throw new AssertionError(mdt + '/' + index + " is stood for twice\n" + window.story());
                    }
                }
            }
        }
    }

    static String id(ChangelogRecord record) {
        return record.mdt() + '/' + record.index();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Of last-per-fid: the last record of each object is there, and nothing else but what has no object. */
final class LastPerFidPromise implements Promise {

    @Override
    public void check(ClosedWindow window) {
        Map<Fid, ChangelogRecord> last = new HashMap<>();
        Set<ChangelogRecord> expected = new HashSet<>();
        for (ChangelogRecord record : window.received()) {
            record.subjects().forEach(fid -> last.put(fid, record));
            if (record.subjects().isEmpty()) {
                expected.add(record);
            }
        }
        expected.addAll(last.values());
        assertThat(window.result().records())
                .as(() -> "the last of each object\n" + window.story())
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camellustre.changelog.Captures;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import java.nio.charset.StandardCharsets;

/** Any text is refused with the term at fault, or is a filter that prints as a text of the same meaning. */
class RecordFilterFuzzTest {
    private static final ChangelogBatch RECORDS = Captures.records(Captures.IPV6);

    @FuzzTest
    void parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        RecordFilter filter;
        try {
            filter = RecordFilter.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("filter term '");
            return;
        }
        RecordFilter again = RecordFilter.parse(filter.toString());
        assertThat(again).isEqualTo(filter);
        for (ChangelogRecord record : RECORDS) {
            assertThat(again.matches(record)).isEqualTo(filter.matches(record));
        }
    }
}

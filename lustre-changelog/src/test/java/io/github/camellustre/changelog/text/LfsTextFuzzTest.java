// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camellustre.changelog.Captures;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Any text is refused with the line at fault, or is records that print the same again. */
class LfsTextFuzzTest {

    @FuzzTest
    void read(byte[] text) throws IOException {
        List<ChangelogRecord> records = new ArrayList<>();
        LfsText again = new LfsText();
        try (LfsTextReader reader = new LfsTextReader(Captures.MDT, new ByteArrayInputStream(text))) {
            for (ChangelogRecord next = reader.next(); next != null; next = reader.next()) {
                records.add(next);
                again.append(next);
            }
        } catch (LfsTextException e) {
            assertThat(e).hasMessageStartingWith(Captures.MDT + ": ");
            assertThat(e.line()).isPositive();
            return;
        }
        assertThat(inBlocks(text)).isEqualTo(records);
        // The name of a type that is unknown here is the one thing that may change.
        if (!new String(again.toByteArray(), StandardCharsets.ISO_8859_1).contains("(null)")) {
            assertThat(again.toByteArray()).isEqualTo(text);
        }
    }

    private static List<ChangelogRecord> inBlocks(byte[] text) throws IOException {
        List<ChangelogRecord> records = new ArrayList<>();
        try (LfsTextReader reader = new LfsTextReader(Captures.MDT, new ByteArrayInputStream(text))) {
            for (RecordBlock block = reader.read(3, 500); !block.isEmpty(); block = reader.read(3, 500)) {
                for (int i = 0; i < block.count(); i++) {
                    records.add(block.record(i));
                }
            }
        }
        return records;
    }
}

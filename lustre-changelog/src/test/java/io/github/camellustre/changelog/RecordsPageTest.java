// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.text.LfsText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The test vectors in docs/records.md are true. */
class RecordsPageTest {
    @Test
    void vectors() throws IOException {
        String page = Files.readString(Captures.repository().resolve("docs/records.md"));
        String[] parts = page.substring(page.indexOf("## Test vectors")).split("```\n");
        int vectors = 0;
        for (int i = 1; i < parts.length; i += 2) {
            int text = parts[i].lastIndexOf('\n', parts[i].length() - 2) + 1;
            byte[] bytes = HexFormat.of().parseHex(parts[i].substring(0, text).replace("\n", ""));
            assertThat(new String(LfsText.of(ChangelogRecord.of("fs-MDT0000", bytes)), StandardCharsets.UTF_8))
                    .isEqualTo(parts[i].substring(text));
            vectors++;
        }
        assertThat(vectors).isEqualTo(2);
    }
}

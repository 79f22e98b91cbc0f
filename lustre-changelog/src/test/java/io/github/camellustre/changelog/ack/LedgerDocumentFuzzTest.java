// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Any state file is refused with a reason, or is understood whole; so is any content under a right checksum. */
class LedgerDocumentFuzzTest {

    @FuzzTest
    void read(byte[] bytes) {
        check(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.lastIndexOf(LedgerDocument.CHECKSUM_FIELD);
        check(LedgerDocument.sealed(end < 0 ? text : text.substring(0, end)));
    }

    private static void check(byte[] bytes) {
        LedgerState state;
        try {
            state = LedgerDocument.read(bytes);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        try {
            assertThat(LedgerDocument.read(LedgerDocument.write(state)))
                    .usingRecursiveComparison()
                    .isEqualTo(state);
        } catch (IOException e) {
            throw new AssertionError("what was understood cannot be written", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.SourceException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;

/** Any file, packed or not, is refused by its name, or plays records whose indexes grow. */
class ReplayFuzzTest {
    private static final String MDT = "fs-MDT0000";

    @FuzzTest
    void play(byte[] file) {
        ReplayInput input = new ReplayInput(MDT, Path.of("input.bin"));
        try (ReplayStream stream = new ReplayStream(MDT, input.open(new ByteArrayInputStream(file)), 1)) {
            long index = 0;
            while (!stream.finished()) {
                RecordBlock block = stream.read(7, 2_000);
                for (int i = 0; i < block.count(); i++) {
                    assertThat(block.index(i)).isGreaterThan(index);
                    index = block.index(i);
                }
            }
        } catch (SourceException e) {
            assertThat(e).hasMessageStartingWith(MDT).hasMessageContaining("input.bin");
            assertThat(e.isRetryable()).isFalse();
        }
    }
}

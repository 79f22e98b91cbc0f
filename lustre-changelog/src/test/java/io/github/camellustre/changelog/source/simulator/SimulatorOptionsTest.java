// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.Streams;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorOptionsTest {

    @Test
    void allHaveDefaults() throws Exception {
        SimulatorOptions options = SimulatorOptions.parse(Map.of());

        assertThat(options.fileSystem()).isEqualTo("lustre");
        assertThat(options.mdts()).isEqualTo(2);
        assertThat(options.records()).isEqualTo(SimulatorOptions.ENDLESS);
        assertThat(options.rate()).isEqualTo(1000);
        assertThat(options.seed()).isEqualTo(1);
        assertThat(options.users()).isEqualTo(1);
        assertThat(options.data()).isEmpty();
    }

    @Test
    void mdtsAreNumberedInHex() throws Exception {
        try (ChangelogSource source = Streams.source("simulator:mdts=12,fs=fs")) {
            assertThat(source.mdts())
                    .hasSize(12)
                    .startsWith("fs-MDT0000")
                    .endsWith("fs-MDT000a", "fs-MDT000b")
                    .isSorted();
        }
    }

    @Test
    void onlyWhatShapesTheStreamIsItsIdentity() throws Exception {
        String identity = SimulatorOptions.parse(Map.of()).identity();

        assertThat(SimulatorOptions.parse(Map.of("rate", "0", "users", "3", "data", "x"))
                        .identity())
                .isEqualTo(identity);
        for (Map.Entry<String, String> shaping :
                Map.of("seed", "2", "fs", "other", "mdts", "3", "records", "5").entrySet()) {
            assertThat(SimulatorOptions.parse(Map.of(shaping.getKey(), shaping.getValue()))
                            .identity())
                    .isNotEqualTo(identity);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mdts, 0",
        "mdts, 257",
        "mdts, two",
        "records, 0",
        "records, -1",
        "rate, -1",
        "rate, 1e3",
        "rate, 1000000001",
        "seed, x",
        "users, 0",
        "fs, toolonganame",
        "fs, a-b",
        "fs, ''",
        "data, ''",
        "belowMark, perhaps",
        "hidden, yes",
    })
    void aBadValueIsRefusedByName(String option, String value) {
        assertThatThrownBy(() -> SimulatorOptions.parse(Map.of(option, value)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("'" + option + "'")
                .hasMessageContaining("'" + value + "'")
                .hasMessageContaining("allowed is");
    }

    @Test
    void anUnknownOptionIsRefusedByName() {
        assertThatThrownBy(() -> SimulatorOptions.parse(Map.of("speed", "9")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("'speed=9'")
                .hasMessageContaining("rate");
    }
}

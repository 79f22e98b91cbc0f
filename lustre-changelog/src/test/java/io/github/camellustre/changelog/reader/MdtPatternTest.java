// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MdtPatternTest {
    @Test
    void aNameMatchesItselfAlone() {
        MdtPattern pattern = new MdtPattern("fs-MDT0000");
        assertThat(pattern.matches("fs-MDT0000")).isTrue();
        assertThat(pattern.matches("fs-MDT00001")).isFalse();
        assertThat(pattern.matches("afs-MDT0000")).isFalse();
        assertThat(pattern.matches("fs-mdt0000")).isFalse();
        assertThat(pattern.names()).containsExactly("fs-MDT0000");
    }

    @Test
    void aStarStandsForAnything() {
        MdtPattern pattern = new MdtPattern("fs-MDT*");
        assertThat(pattern.matches("fs-MDT0000")).isTrue();
        assertThat(pattern.matches("fs-MDT00ff")).isTrue();
        assertThat(pattern.matches("fs2-MDT0000")).isFalse();
        assertThat(pattern.names()).isEmpty();
        assertThat(new MdtPattern("*").matches("scratch-MDT0001")).isTrue();
        assertThat(new MdtPattern("*-MDT0001").matches("scratch-MDT0001")).isTrue();
    }

    @Test
    void aDotIsADot() {
        assertThat(new MdtPattern("f.s-MDT*").matches("fxs-MDT0000")).isFalse();
        assertThat(new MdtPattern("f.s-MDT*").matches("f.s-MDT0000")).isTrue();
    }

    @Test
    void severalPartsMatchWhatAnyOfThemMatches() {
        MdtPattern pattern = new MdtPattern("fs-MDT0000, scratch-MDT*");
        assertThat(pattern.matches("fs-MDT0000")).isTrue();
        assertThat(pattern.matches("scratch-MDT0003")).isTrue();
        assertThat(pattern.matches("fs-MDT0001")).isFalse();
        assertThat(pattern.names()).containsExactly("fs-MDT0000");
        assertThat(pattern).hasToString("fs-MDT0000, scratch-MDT*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "fs-MDT0000,", "fs MDT0000", "fs-MDT000?", "../fs-MDT0000", "fs\\E-MDT*"})
    void refusesWhatNoMdtIsCalled(String text) {
        assertThatThrownBy(() -> new MdtPattern(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write fs-MDT0000");
    }
}

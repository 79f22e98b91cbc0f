// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*.c, main.c, true",
        "*.c, main.cc, false",
        "*.c, .c, true",
        "a?c, abc, true",
        "a?c, ac, false",
        "[0-9a-f]x, ex, true",
        "[0-9a-f]x, gx, false",
        "[!0-9], a, true",
        "[!0-9], 5, false",
        "[]], ], true",
        "[!]], ], false",
        "[[], [, true",
        "[*], *, true",
        "[*], a, false",
        "[a-], -, true",
        "[-a], -, true"
    })
    void matches(String glob, String text, boolean expected) {
        assertThat(Glob.parse(glob).matches(text)).isEqualTo(expected);
    }

    /** As a regular expression with backtracking this would not end. */
    @Test
    void aPatternThatIsMeantToTakeLong() {
        assertThat(Glob.parse("*a".repeat(200) + "*b").matches("a".repeat(510))).isFalse();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private final RetryAfter retryAfter =
            new RetryAfter(Clock.fixed(Instant.parse("2026-11-26T15:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0                             | 0
                    7                             | 7000
                    ' 7 '                         | 7000
                    3600                          | 10000
                    99999999999999999999          | 10000
                    -7                            | 0
                    7.5                           | 0
                    soon                          | 0
                    Thu, 26 Nov 2026 15:00:08 GMT | 8000
                    Thu, 26 Nov 2026 14:59:00 GMT | 0
                    Fri, 27 Nov 2026 15:00:00 GMT | 10000
                    """)
    void secondsOrDateUpToTheBound(String value, long millis) {
        retryAfter.setBound(10_000);
        assertThat(retryAfter.millis(value)).isEqualTo(millis);
    }
}

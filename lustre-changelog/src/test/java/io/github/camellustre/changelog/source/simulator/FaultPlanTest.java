// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.Streams;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultPlanTest {

    @Test
    void isReadInItsOrder() {
        assertThat(FaultPlan.parse("read:EIO@5000x3; clear:EINVAL@7 ;gone@9/250ms;deregister:cl2@8/2m;"))
                .containsExactly(
                        new Fault(Fault.Kind.READ, "EIO", 5000, 3, null),
                        new Fault(Fault.Kind.CLEAR, "EINVAL", 7, 1, null),
                        new Fault(Fault.Kind.GONE, "", 9, 1, Duration.ofMillis(250)),
                        new Fault(Fault.Kind.DEREGISTER, "cl2", 8, 1, Duration.ofMinutes(2)));
        assertThat(FaultPlan.parse("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "read:EIO, KIND",
        "read:EIO@, KIND",
        "read:EIO@5x, KIND",
        "read:EIO@5/2h, KIND",
        "read:EIO@0, start at 1",
        "gap@5x0, start at 1",
        "read@5, EIO",
        "read:EFUN@5, ESHUTDOWN",
        "explode@5, deregister",
        "gap:cl1@5, nothing behind",
        "register@5, register:cl1",
        "deregister:robin@5, deregister:cl1",
        "gone@5, for how long",
        "gone@5x2/1s, no count",
        "reset@5x2, no count",
        "gap@5/1s, no time",
    })
    void whatIsNotUnderstoodIsRefusedByName(String fault, String remedy) {
        assertThatThrownBy(() -> Streams.source("simulator:faults=gap@1;" + fault))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("'faults'")
                .hasMessageContaining("'" + fault + "'")
                .hasMessageContaining(remedy);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.tests.witness.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of the fault rounds sees what it is there to see. */
class VerdictTest {
    private static final String MDT = "fs-MDT0000";

    private static Delivery delivery(long index, long received, long done, String... fids) {
        return new Delivery(MDT, index, received, done, List.of(fids));
    }

    @Test
    void whatWasClearedButNotWorkedThroughIsLost() throws Violation {
        Verdict verdict = new Verdict(false);
        verdict.add(List.of(delivery(1, 10, 11), delivery(3, 10, 11), delivery(3, 20, 21)));
        verdict.judge(MDT, 1);
        assertThat(verdict.duplicates()).isOne();
        assertThatThrownBy(() -> verdict.judge(MDT, 2)).hasMessageContaining("lost");
        verdict.add(List.of(delivery(2, 30, 31)));
        verdict.judge(MDT, 3);
    }

    @Test
    void anOrderIsKeptByOneBatchOrByOneAfterTheOther() {
        assertThatCode(() -> SubjectOrder.judge(List.of(
                        delivery(1, 10, 20, "a"),
                        delivery(2, 10, 20, "a", "b"),
                        delivery(3, 15, 16, "c"),
                        delivery(4, 21, 22, "b"))))
                .doesNotThrowAnyException();
    }

    @Test
    void oneThatIsReceivedBeforeTheOneBeforeIsDoneBreaksTheOrder() {
        assertThatThrownBy(() -> SubjectOrder.judge(List.of(delivery(1, 10, 20, "a"), delivery(2, 15, 30, "b", "a"))))
                .isInstanceOf(Violation.class);
        assertThatThrownBy(() -> SubjectOrder.judge(List.of(delivery(1, 30, 40, "a"), delivery(2, 10, 20, "a"))))
                .isInstanceOf(Violation.class);
    }

    @Test
    void oneThatComesAgainBreaksNothing() {
        assertThatCode(() -> SubjectOrder.judge(List.of(
                        delivery(1, 20, 30, "a"),
                        delivery(2, 20, 30, "a"),
                        delivery(1, 10, 50, "a"),
                        delivery(2, 10, 50, "a"))))
                .doesNotThrowAnyException();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ack.AckMode;
import io.github.camellustre.changelog.ack.ConsumerStatus;
import io.github.camellustre.changelog.ack.ConsumerStatus.State;
import io.github.camellustre.changelog.ack.LedgerStatus;
import io.github.camellustre.changelog.reader.MdtState;
import io.github.camellustre.changelog.reader.MdtStatus;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status line names each policy that is in trouble, and where. */
class StatusReportTest {
    private static final LedgerStatus LEDGER =
            new LedgerStatus(110, 100, 0, 10, 1_000, false, 110, 0, 0, 0, 0, 0, 1, 0, 1, 0);

    @ParameterizedTest
    @CsvSource({
        "RUNNING, , lag 10",
        "RUNNING, sink is down, lag 10 http=RETRYING at 101",
        "BACKING_OFF, sink is down, lag 10 http=BACKING_OFF at 101",
        "HELD, , lag 10 http=HELD at 101",
    })
    void namesWhatIsInTrouble(State state, String failure, String end) {
        ConsumerStatus http =
                new ConsumerStatus("http", AckMode.AUTO, state, 100, 10, 10, 100, 101, 0, failure, 110, 100, 0, 0, 0);
        MdtStatus mdt = new MdtStatus(
                "fs-MDT0000",
                "cl1",
                MdtState.READING,
                null,
                null,
                false,
                false,
                OptionalLong.of(110),
                1,
                0,
                LEDGER,
                List.of(http));
        assertThat(new StatusReport(Map.of(), 0).lines(List.of(mdt), 1_000_000_000))
                .containsExactly("fs-MDT0000 100/s position 100 in flight 10 cleared 100 " + end);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.ack.LedgerRig;
import io.github.camellustre.changelog.ack.StartFrom;
import io.github.camellustre.changelog.ack.Token;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceSpec;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contract point 6, for each generation of servers: the user cl2 was registered at index 150 of 200, cl1 still needs all, and
 * a daemon without positions must send nothing below the mark, which it may not be able to see.
 */
@Timeout(120)
class FirstStartTest {

    static Stream<Arguments> servers() {
        return Stream.of("refuse", "destroy", "ignore")
                .flatMap(belowMark -> Stream.of(true, false).map(hidden -> Arguments.of(belowMark, hidden)));
    }

    private static FaultRig rig(String belowMark, boolean hidden) throws Exception {
        FaultRig rig = new FaultRig(
                true, "records=200,users=3,hidden=" + hidden + ",belowMark=" + belowMark + ",faults=register:cl2@150");
        rig.user = "cl2";
        return rig;
    }

    @ParameterizedTest
    @MethodSource("servers")
    void nothingIsClearedBelowTheMark(String belowMark, boolean hidden) throws Exception {
        try (FaultRig rig = rig(belowMark, hidden)) {
            rig.consumer = LedgerRig.consumer("a").inFlight(60).options();
            rig.start();
            rig.awaitCleared(200);
            assertThat(rig.handler.indexes).isEqualTo(FaultRig.range(1, 200));
            assertThat(Collections.min(rig.source.clears)).isGreaterThanOrEqualTo(hidden ? 200 : 150);
            assertThat(rig.status().clearProblem()).isNull();
            rig.source.clear(FaultRig.MDT, "cl3", 1);
            rig.source.clear(FaultRig.MDT, "cl2", 200);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void beforeTheFirstEndNothingIsCleared(String belowMark, boolean hidden) throws Exception {
        try (FaultRig rig = rig(belowMark, hidden)) {
            rig.consumer = LedgerRig.consumer("a").inFlight(60).options();
            CountDownLatch held = new CountDownLatch(1);
            rig.handler = new CollectingHandler() {
                @Override
                public void onRecord(ChangelogRecord record, Token token) {
                    if (record.index() == 120) {
                        gate = held;
                    }
                    super.onRecord(record, token);
                }
            };
            rig.start();
            await().atMost(FaultRig.PATIENCE)
                    .until(() -> rig.status().consumers().get(0).position() == 119);
            await().atMost(FaultRig.PATIENCE).until(() -> rig.status().ledger().checkpoints() > 0);
            assertThat(rig.source.clears).isEmpty();
            held.countDown();
            rig.awaitCleared(200);
        }
    }

    /** The control arm: this is what the floor keeps from happening. */
    @Test
    void aClearBelowTheMarkWouldDestroyUsers() throws Exception {
        try (ChangelogSource source = SourceSpec.parse(
                        "simulator:mdts=1,rate=0,records=200,users=3,belowMark=destroy,faults=register:cl2@150")
                .create()) {
            source.clear(FaultRig.MDT, "cl2", 60);
            assertThat(source.mark(FaultRig.MDT, "cl1")).isEqualTo(OptionalLong.of(0));
            assertThatThrownBy(() -> source.clear(FaultRig.MDT, "cl3", 1)).hasMessageContaining("ENOENT");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void theMarkThatAnOperatorGaveIsTheFloor(String belowMark, boolean hidden) throws Exception {
        try (FaultRig rig = rig(belowMark, hidden)) {
            rig.consumer = LedgerRig.consumer("a").start(StartFrom.parse("150")).options();
            rig.start();
            rig.awaitCleared(200);
            assertThat(rig.handler.indexes).isEqualTo(FaultRig.range(151, 200));
            assertThat(Collections.min(rig.source.clears)).isGreaterThan(150);
            assertThat(rig.status().clearProblem()).isNull();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camellustre.changelog.ack.AckRepository;
import io.github.camellustre.changelog.ack.MemoryAckRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract point 9: an MDT whose indexes start anew is neither read nor cleared, and a healthy one is not suspected. */
@Timeout(120)
class LogResetTest {

    @TempDir
    private Path data;

    /** Record 200 is the last before the reset; the new log has so many records. */
    private FaultRig rig(boolean hidden, int newRecords, String when) throws Exception {
        return new FaultRig(
                true,
                "records=" + (200 + newRecords) + ",hidden=" + hidden + ",data=" + data + ",faults=reset@200" + when);
    }

    private static void assertStopped(FaultRig rig) {
        rig.awaitState(MdtState.RESET);
        List<Long> clears = List.copyOf(rig.source.clears);
        assertThat(rig.status().problem())
                .contains(FaultRig.MDT)
                .contains("started anew")
                .contains("record 200 ")
                .contains("Register a new changelog user");
        assertThat(rig.log.lines(Level.ERROR)).contains(rig.status().problem());
        assertThat(rig.status().state().isHealthy()).isFalse();
        await().during(Duration.ofMillis(1_500))
                .atMost(FaultRig.PATIENCE)
                .until(() -> rig.source.clears.equals(clears));
        assertThat(rig.handler.indexes).allMatch(index -> index <= 200).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isSeenWhileQuiet(boolean hidden) throws Exception {
        try (FaultRig rig = rig(hidden, 10, "/3s")) {
            rig.heartbeat = Duration.ofSeconds(1);
            rig.start();
            rig.awaitCleared(200);
            assertStopped(rig);
            assertThat(rig.source.mark(FaultRig.MDT, "cl1"))
                    .satisfiesAnyOf(
                            mark -> assertThat(mark).isEmpty(),
                            mark -> assertThat(mark).hasValue(0));
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 10", "true, 1000", "false, 10", "false, 1000"})
    void isSeenAtTheStart(boolean hidden, int newRecords) throws Exception {
        AckRepository positions = new MemoryAckRepository();
        try (FaultRig before = rig(hidden, newRecords, "/10m")) {
            before.repository = positions;
            before.start();
            before.awaitCleared(200);
        }
        try (FaultRig after = rig(hidden, newRecords, "")) {
            after.repository = positions;
            after.heartbeat = Duration.ofMillis(100);
            after.start();
            assertStopped(after);
            assertThat(after.source.clears).isEmpty();
            assertThat(after.handler.indexes).isEmpty();
        }
    }

    /** An empty log proves nothing, and the user of it is unknown: no error is made up, and its refusal ends the clears. */
    @Test
    void anEmptyNewLogIsWaitedFor() throws Exception {
        try (FaultRig rig = rig(true, 0, "/3s")) {
            rig.start();
            rig.awaitCleared(200);
            rig.awaitLogChecks(5);
            assertThat(rig.status().state()).isEqualTo(MdtState.WAITING);
            assertThat(rig.status().problem()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users=1",
                "users=2",
                "users=2,faults=gap@150x51",
                "users=2,faults=late@190x5",
                "users=2,hidden=true"
            })
    void aHealthyQuietLogIsNotSuspected(String options) throws Exception {
        try (FaultRig rig = new FaultRig(true, "records=200," + options)) {
            rig.heartbeat = Duration.ofMillis(100);
            for (int process = 0; process < 3; process++) {
                rig.start();
                rig.awaitDelivered(150 - 1);
                rig.awaitState(MdtState.WAITING);
                rig.awaitLogChecks(5);
                int clears = rig.source.clears.size();
                await().atMost(FaultRig.PATIENCE).until(() -> rig.source.clears.size() > clears);
                assertThat(rig.status().problem()).isNull();
                assertThat(rig.log.lines(Level.ERROR)).noneMatch(line -> line.contains("anew"));
                if (options.contains("users=2")) {
                    rig.source.clear(FaultRig.MDT, "cl2", 40L * (process + 1));
                }
                rig.stop();
            }
            assertThat(rig.handler.indexes).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatIsNotAcknowledgedIsNotSuspectedEither() throws Exception {
        try (FaultRig rig = new FaultRig(true, "records=200")) {
            rig.handler.gate = new CountDownLatch(1);
            rig.start();
            rig.awaitState(MdtState.WAITING);
            rig.awaitLogChecks(5);
            assertThat(rig.status().state()).isEqualTo(MdtState.WAITING);
            rig.handler.gate.countDown();
            rig.awaitCleared(200);
        }
    }
}

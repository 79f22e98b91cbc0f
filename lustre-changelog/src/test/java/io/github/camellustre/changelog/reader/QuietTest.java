// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.ack.LedgerRig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Streams that bring nothing to deliver: the clear advances where it must, and does not spin where it must not. That records
 * which a route cancels are cleared is shown where routes are, in the component.
 */
@Timeout(120)
class QuietTest {

    /** For so long nothing must happen: a hundred clear intervals. */
    private static final Duration WHILE = Duration.ofSeconds(2);

    private static void assertAtRest(FaultRig rig) {
        AtomicReference<Object> before = new AtomicReference<>();
        await().during(WHILE).atMost(FaultRig.PATIENCE).until(() -> {
            Object now = List.of(rig.status().ledger().checkpoints(), List.copyOf(rig.source.clears));
            return now.equals(before.getAndSet(now));
        });
    }

    private static void assertHeartbeats(FaultRig rig, long index) {
        int before = rig.source.clears.size();
        await().atMost(FaultRig.PATIENCE).until(() -> rig.source.clears.size() >= before + 3);
        assertThat(rig.source.clears.subList(before, before + 3)).containsOnly(index);
    }

    @Test
    void aQuietStreamRests() throws Exception {
        try (FaultRig rig = new FaultRig(true, "records=300").start()) {
            rig.awaitCleared(300);
            assertAtRest(rig);
        }
    }

    @Test
    void theHeartbeatKeepsTheUserOfAQuietStream() throws Exception {
        try (FaultRig rig = new FaultRig(true, "records=300")) {
            rig.heartbeat = Duration.ofMillis(200);
            rig.start();
            rig.awaitCleared(300);
            assertHeartbeats(rig, 300);
        }
    }

    @Test
    void anEmptyStreamHasNeitherCheckpointsNorHeartbeats() throws Exception {
        try (FaultRig rig = new FaultRig(true, "records=300")) {
            rig.source.clear(FaultRig.MDT, "cl1", 300);
            rig.source.clears.clear();
            rig.heartbeat = Duration.ofMillis(100);
            rig.start();
            rig.awaitState(MdtState.WAITING);
            assertAtRest(rig);
            assertThat(rig.source.clears).isEmpty();
        }
    }

    @Test
    void allFilteredIsClearedAndThenRests() throws Exception {
        try (FaultRig rig = new FaultRig(true, "records=300")) {
            rig.consumer = LedgerRig.consumer("a").types(RecordType.RESYNC).options();
            rig.start();
            rig.awaitCleared(300);
            assertThat(rig.handler.indexes).isEmpty();
            assertThat(rig.status().consumers().get(0).filtered()).isEqualTo(300);
            assertAtRest(rig);
        }
    }

    /** Clearing MARK records writes another one: each round would make the next. */
    @Test
    void marksAloneAreNotClearedExceptByTheHeartbeat() throws Exception {
        try (FaultRig rig = new FaultRig(true, "records=1")) {
            rig.source.writesMarks();
            rig.start();
            rig.awaitCleared(1);
            rig.awaitDelivered(2);
            assertAtRest(rig);
            assertThat(rig.source.clears).containsOnly(1L);
        }
        try (FaultRig rig = new FaultRig(true, "records=1")) {
            rig.source.writesMarks();
            rig.heartbeat = Duration.ofMillis(500);
            rig.start();
            rig.awaitDelivered(4);
            assertThat(rig.source.clears).isSorted().doesNotContain(0L);
        }
    }
}

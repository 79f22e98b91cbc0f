// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.runtime.DaemonProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends the daemon while it runs at full speed, the outputs joined hold every record. */
class RestartTest {
    private static final String[] MDTS = {"lustre-MDT0000", "lustre-MDT0001"};
    private static final int MAX_IN_FLIGHT = 20_000;
    private static final long ENOUGH = 4L << 20;

    @TempDir
    Path folder;

    private DaemonProcess start() {
        return DaemonProcess.start(
                folder,
                "run",
                "--source",
                "simulator:mdts=2,rate=0,seed=7",
                "--set",
                "camel.component.lustre.maxInFlight=" + MAX_IN_FLIGHT);
    }

    private Path out() {
        return folder.resolve("data/out");
    }

    /** Waits until it has written more on both MDTs. */
    private void awaitWork() {
        long[] before = {Outputs.size(out(), MDTS[0]), Outputs.size(out(), MDTS[1])};
        await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Outputs.size(out(), MDTS[0]) > before[0] + ENOUGH
                        && Outputs.size(out(), MDTS[1]) > before[1] + ENOUGH);
    }

    private void workAndStop() throws Exception {
        try (DaemonProcess daemon = start()) {
            awaitWork();
            daemon.terminate();
            assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
            assertThat(daemon.out()).contains("Stopped; nothing was in flight.");
        }
    }

    @Test
    void cleanStopsLeaveNeitherHolesNorDuplicates() throws Exception {
        for (int stop = 0; stop < 3; stop++) {
            workAndStop();
        }
        for (String mdt : MDTS) {
            long[] indexes = Outputs.indexes(out(), mdt);
            assertThat(indexes)
                    .isEqualTo(LongStream.rangeClosed(1, indexes.length).toArray());
        }
    }

    @Test
    void killsLeaveNoHolesAndFewDuplicates() throws Exception {
        int kills = 2;
        for (int kill = 0; kill < kills; kill++) {
            try (DaemonProcess daemon = start()) {
                awaitWork();
                assertThat(daemon.isAlive()).as("killed in the middle of work").isTrue();
                daemon.kill();
            }
        }
        workAndStop();
        for (String mdt : MDTS) {
            long[] indexes = Outputs.indexes(out(), mdt);
            long[] distinct = LongStream.of(indexes).distinct().sorted().toArray();
            assertThat(distinct)
                    .isEqualTo(LongStream.rangeClosed(1, distinct.length).toArray());
            assertThat(indexes.length - distinct.length).isBetween(0, kills * MAX_IN_FLIGHT);
            assertThat(goesBack(indexes)).isLessThanOrEqualTo(kills);
        }
    }

    /** How often the order begins again at an older record. */
    private static int goesBack(long[] indexes) {
        int back = 0;
        for (int i = 1; i < indexes.length; i++) {
            if (indexes[i] <= indexes[i - 1]) {
                back++;
            } else {
                assertThat(indexes[i]).isEqualTo(indexes[i - 1] + 1);
            }
        }
        return back;
    }
}

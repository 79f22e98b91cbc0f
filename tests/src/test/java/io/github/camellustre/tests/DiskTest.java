// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.runtime.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or read-only, as the daemon's operator meets them: it says so, loses nothing, and goes on. */
class DiskTest {
    private static final String MDT = "lustre-MDT0000";
    private static final int RECORDS = 20_000;
    private static final long[] ALL = LongStream.rangeClosed(1, RECORDS).toArray();
    private static final String FINITE = "simulator:mdts=1,rate=0,records=" + RECORDS;

    @TempDir
    Path folder;

    private DaemonProcess start(String source, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("run", "--source", source));
        List.of("redeliveryDelay", "maxRedeliveryDelay", "reconnectBackoff", "clearInterval")
                .forEach(wait -> arguments.addAll(List.of("--set", "camel.component.lustre." + wait + "=50ms")));
        List.of(settings).forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return DaemonProcess.start(folder, arguments.toArray(String[]::new));
    }

    private Path data(String name) {
        return folder.resolve("data").resolve(name);
    }

    /** What the simulated MDT remembers that was cleared. */
    private long cleared() throws IOException {
        Path log = data("simulator").resolve(MDT + ".json");
        return Files.exists(log)
                ? new ObjectMapper()
                        .readTree(log.toFile())
                        .path("marks")
                        .path("cl1")
                        .asLong()
                : 0;
    }

    private void assertAllArrivedOnce() {
        assertThat(Outputs.indexes(data("out"), MDT)).isEqualTo(ALL);
    }

    @Test
    void aSinkWithoutSpaceHoldsTheClearUntilThereIsSome() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(data("out"))) {
            disk.fill();
            try (DaemonProcess daemon = start(FINITE, "lustre.maxRedeliveries=-1")) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> daemon.err().contains("(failure 3 of it), tries again"));
                assertThat(daemon.err())
                        .contains(
                                data("out").toRealPath().resolve(MDT + ".jsonl").toString(), "No space left");
                assertThat(cleared()).isZero();
                disk.free();
                assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            }
            // what was tried last may have found the space that what was tried first had not, and came again with it
            long[] arrived = Outputs.indexes(data("out"), MDT);
            int again = LongStream.of(arrived).boxed().toList().lastIndexOf(1L);
            assertThat(Arrays.copyOfRange(arrived, again, arrived.length)).isEqualTo(ALL);
            assertThat(cleared()).isEqualTo(RECORDS);
        }
    }

    @Test
    void aSinkWithoutSpaceForGoodLeavesEveryRecordInTheDeadLetters() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(data("out"))) {
            disk.fill();
            try (DaemonProcess daemon = start("simulator:mdts=1,rate=0,records=100", "lustre.maxRedeliveries=0")) {
                assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            }
            List<Long> dead = new ArrayList<>();
            for (String line : Files.readAllLines(data("dead").resolve("file/" + MDT + ".dead.jsonl"))) {
                dead.add(new ObjectMapper().readTree(line).path("index").asLong());
            }
            assertThat(dead)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 100).boxed().toList());
            assertThat(cleared()).isEqualTo(100);
        }
    }

    @Test
    void aSinkThatFailedIsMountedAgainUnderTheRunningDaemon() throws Exception {
        Duration patience = Duration.ofSeconds(60);
        try (SmallDisk disk = SmallDisk.mountExt4(data("out"), 32);
                DaemonProcess daemon = start("simulator:mdts=1,rate=500", "lustre.maxRedeliveries=-1")) {
            await().atMost(patience).until(() -> cleared() > 0);
            disk.fail();
            await().atMost(patience).until(() -> daemon.err().contains("(failure 3 of it), tries again"));
            assertThat(daemon.err()).contains("Read-only file system").doesNotContain("\tat ");
            long held = cleared();
            disk.repair();
            await().atMost(patience).until(() -> cleared() > held);
            daemon.terminate();
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertThat(LongStream.of(Outputs.indexes(data("out"), MDT))
                            .distinct()
                            .sorted())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, cleared()).boxed().toList());
        }
    }

    @Test
    void positionsWithoutSpaceHoldTheClearUntilThereIsSome() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(data("state"))) {
            disk.fill();
            try (DaemonProcess daemon = start(FINITE, "camel.component.lustre.maxInFlight=1000")) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> daemon.err().contains("nothing is cleared until that works again")
                                && Outputs.lines(data("out"), MDT).size() == 1_000);
                assertThat(daemon.err())
                        .contains("No space left", data("state").getFileName() + "/" + MDT + ".cl1.json");
                assertThat(cleared()).isZero();
                disk.free();
                assertThat(daemon.exitCode()).as(daemon.err()).isZero();
                assertThat(daemon.err()).contains("positions are on disk again");
            }
            assertAllArrivedOnce();
            assertThat(cleared()).isEqualTo(RECORDS);
        }
    }

    @Test
    void positionsThatCannotBeWrittenAtTheStopAreRecordsInFlight() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(data("state"));
                DaemonProcess daemon = start("simulator:mdts=1,rate=1000")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> cleared() > 0);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                // each time: positions that were being replaced when the disk was filled leave a page for the next ones
                disk.fill();
                return daemon.err().contains("cannot write the positions");
            });
            long before = Outputs.size(data("out"), MDT);
            await().until(() -> Outputs.size(data("out"), MDT) > before);
            daemon.terminate();
            assertThat(daemon.exitCode()).as(daemon.out()).isEqualTo(3);
            assertThat(daemon.out()).contains("is delivered again", "Problem: " + MDT, "No space left");
        }
    }

    @Test
    void aReadOnlyStateFolderRefusesTheStart() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(data("state"))) {
            disk.readOnly();
            try (DaemonProcess daemon = start(FINITE)) {
                assertThat(daemon.exitCode()).isEqualTo(1);
                assertThat(daemon.err())
                        .contains("cannot use the state folder", "Read-only file system", "make it writable")
                        .doesNotContain("\tat ");
            }
        }
    }
}

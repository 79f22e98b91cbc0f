// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.ack.LedgerState;
import io.github.camellustre.runtime.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon on a (fake) Lustre client: reads, clears, goes through outages and unmounts, and stops cleanly. */
class LustreDaemonTest {
    private static final Path ZOO = Path.of("..", "captures", "zoo", "zoo-MDT0000.raw-f1e-as-lfs.bin");
    private static final String MDT = "fs-MDT0000";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private FakeLustre lustre;
    private FakeMdt mdt;
    private RecordBlock zoo;
    private Path happening;

    @BeforeEach
    void mount() throws IOException {
        zoo = RecordBlock.frame(MDT, Files.readAllBytes(ZOO));
        happening = Files.createTempFile(folder, "happening", ".bin");
        lustre = FakeLustre.mount(folder);
        mdt = lustre.mdt(MDT).mask("ALL").register().follow(happening);
    }

    @AfterEach
    void unmount() throws IOException {
        if (lustre != null) {
            lustre.close();
        }
    }

    private void happens(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            Files.write(happening, zoo.record(i).toByteArray(), StandardOpenOption.APPEND);
        }
    }

    private DaemonProcess start(String waiting) {
        return DaemonProcess.start(
                folder,
                "run",
                "--source",
                "device:" + waiting + ",dir=" + lustre.devices(),
                "--user",
                "cl1",
                "--set",
                "camel.component.lustre.clearInterval=50ms",
                "--set",
                "camel.component.lustre.reconnectBackoff=50ms",
                "--set",
                "camel.component.lustre.discoveryInterval=100ms");
    }

    private void awaitCleared(long index) {
        await().atMost(PATIENCE)
                .until(() -> lustre.clears().stream()
                        .anyMatch(clear ->
                                clear.index() == index && clear.answer().equals("OK")));
    }

    /** A changelog that is open and was never read would hang in its first read, as a real one does in a node of Lustre 2.17.0. */
    private void unmountBetweenReads(long daemon) throws Exception {
        await().atMost(PATIENCE).until(() -> {
            Signals.stop(daemon);
            if (isFrozen(daemon) && !hasOpen(daemon, mdt.device())) {
                return true;
            }
            Signals.go(daemon);
            return false;
        });
        mdt.unmount();
        Signals.go(daemon);
    }

    /** The signal says nothing of a thread that is in the kernel. */
    private static boolean isFrozen(long process) throws IOException {
        for (Path thread : entries(Path.of("/proc", Long.toString(process), "task"))) {
            if (Files.readAllLines(thread.resolve("status")).stream().noneMatch(line -> line.startsWith("State:\tT"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasOpen(long process, Path file) throws IOException {
        for (Path descriptor : entries(Path.of("/proc", Long.toString(process), "fd"))) {
            if (Files.isSymbolicLink(descriptor)
                    && Files.readSymbolicLink(descriptor).equals(file)) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void stop(DaemonProcess daemon) throws Exception {
        daemon.terminate();
        assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
        assertThat(daemon.out()).contains("Stopped; nothing was in flight.");
    }

    private void everythingUpTo(int index) throws IOException {
        assertThat(Outputs.indexes(folder.resolve("data/out"), MDT))
                .isEqualTo(LongStream.rangeClosed(1, index).toArray());
        assertThat(lustre.clears()).noneMatch(FakeClear::isForbidden);
    }

    @Test
    void deliversClearsAndStops() throws Exception {
        happens(0, 500);
        try (DaemonProcess daemon = start("pollInterval=20ms")) {
            awaitCleared(500);
            happens(500, 700);
            awaitCleared(700);
            stop(daemon);
        }
        happens(700, 900);
        try (DaemonProcess daemon = start("pollInterval=20ms")) {
            awaitCleared(900);
            stop(daemon);
        }
        everythingUpTo(900);
    }

    @Test
    void anMdtThatIsNotMountedAtTheStartKeepsTheOthersNotWaiting() throws Exception {
        Path others = Files.createTempFile(folder, "other", ".bin");
        lustre.mdt("fs-MDT0001").mask("ALL").register().follow(others);
        happens(0, 100);
        Files.write(others, zoo.record(0).toByteArray());
        try (DaemonProcess daemon = start("pollInterval=20ms")) {
            awaitCleared(100);
            await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("data/out/fs-MDT0001.jsonl")));
            stop(daemon);
        }
        mdt.unmount();
        Files.write(others, zoo.record(1).toByteArray(), StandardOpenOption.APPEND);
        try (DaemonProcess daemon = start("pollInterval=20ms")) {
            await().atMost(PATIENCE).until(() -> Outputs.indexes(folder.resolve("data/out"), "fs-MDT0001").length == 2);
            assertThat(daemon.err()).contains(MDT + " is not there now");
            mdt.mount();
            happens(100, 150);
            awaitCleared(150);
            stop(daemon);
        }
        everythingUpTo(150);
    }

    @Test
    void goesOnAfterAnEvictionAnOutageAndAnUnmount() throws Exception {
        happens(0, 100);
        try (DaemonProcess daemon = start("pollInterval=20ms")) {
            awaitCleared(100);
            mdt.breakHandles("EIO").openError("EIO");
            happens(100, 200);
            await().atMost(PATIENCE).until(() -> daemon.err().contains("EIO: this client was evicted"));
            mdt.openError("OK");
            awaitCleared(200);
            mdt.outage();
            happens(200, 300);
            mdt.recover();
            awaitCleared(300);
            unmountBetweenReads(daemon.pid());
            await().atMost(PATIENCE).until(() -> daemon.err().contains("ENOENT: there is no such device: mount"));
            happens(300, 400);
            mdt.mount();
            awaitCleared(400);
            stop(daemon);
        }
        everythingUpTo(400);
    }

    @Test
    void followsTheLogIfToldTo() throws Exception {
        happens(0, 100);
        try (DaemonProcess daemon = start("wait=follow")) {
            awaitCleared(100);
            happens(100, 150);
            awaitCleared(150);
            mdt.breakHandles("ESHUTDOWN");
            happens(150, 200);
            awaitCleared(200);
            stop(daemon);
        }
        everythingUpTo(200);
    }

    /** Nor does it take the silence for the end: what is cleared first would be judged by it. */
    @Test
    void stopsWhileTheMdtIsAway() throws Exception {
        mdt.outage();
        happens(0, 100);
        try (DaemonProcess daemon = start("pollInterval=20ms")) {
            await().atMost(PATIENCE).until(() -> daemon.out().contains(MDT));
            stop(daemon);
        }
        Path state = folder.resolve("data/state/fs-MDT0000.cl1.json");
        assertThat(!Files.exists(state)
                        || Files.readString(state)
                                .replace(" ", "")
                                .contains("\"clearFloor\":" + LedgerState.FLOOR_UNKNOWN))
                .isTrue();
        assertThat(lustre.clears()).isEmpty();
    }
}

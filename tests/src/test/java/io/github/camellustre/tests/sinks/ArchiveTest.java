// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.runtime.DaemonProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy archive, killed in between, beside policy file, which tells what there was. */
class ArchiveTest {
    private static final String MDT = "lustre-MDT0000";
    private static final int RECORDS = 12_000;
    private static final int IN_FLIGHT = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void whatIsSeenIsCompleteAndNothingIsLostByAKill() throws Exception {
        for (int files = 2; files <= 6; files += 2) {
            int enough = files;
            try (DaemonProcess daemon = start()) {
                await().atMost(PATIENCE).until(() -> visible().size() >= enough || !daemon.isAlive());
                daemon.kill();
            }
            for (Path file : visible()) {
                assertThat(lines(file)).allSatisfy(line -> assertThat(line).endsWith("}"));
            }
        }
        try (DaemonProcess daemon = start()) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
        }
        Map<String, Integer> times = new HashMap<>();
        for (Path file : files("")) {
            for (String line : lines(file)) {
                times.merge(id(line), 1, Integer::sum);
            }
        }
        Map<String, String> written = new HashMap<>();
        Files.readAllLines(folder.resolve("data/out/" + MDT + ".jsonl")).forEach(line -> written.put(id(line), line));
        assertThat(times.keySet()).isEqualTo(written.keySet()).hasSize(RECORDS);
        int repeats = times.values().stream().mapToInt(Integer::intValue).sum() - RECORDS;
        assertThat(repeats).isBetween(0, 3 * IN_FLIGHT);
        assertThat(visible()).allSatisfy(file -> assertThat(file.toString()).endsWith(".jsonl.gz"));
    }

    private DaemonProcess start() {
        List<String> arguments = new ArrayList<>(List.of(
                "run", "--policies", "archive,file", "--source", "simulator:mdts=1,rate=3000,records=" + RECORDS));
        List.of(
                        "archive.maxFileSize=300K",
                        "lustre.maxBatch=100",
                        "camel.component.lustre.maxInFlight=" + IN_FLIGHT,
                        "camel.component.lustre.clearInterval=50ms")
                .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return DaemonProcess.start(folder, arguments.toArray(String[]::new));
    }

    private List<Path> visible() {
        return files(MDT);
    }

    /** Hidden ones too, if nothing is asked of the name's beginning; not locks, and not what is being compressed. */
    private List<Path> files(String beginning) {
        Path archive = folder.resolve("data/archive");
        if (!Files.exists(archive)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(archive)) {
            return all.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .filter(file -> file.getFileName().toString().matches(".*\\.jsonl(\\.gz)?"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static String id(String line) {
        return line.substring(7, line.indexOf('"', 7));
    }
}

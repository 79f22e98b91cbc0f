// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.runtime.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies coalesce, group-by-directory and per-job beside policy file, whose files tell what there was. */
class WindowPoliciesTest {
    private static final int RECORDS = 6000;
    private static final String SOURCE = "simulator:mdts=2,records=" + RECORDS + ",rate=0,seed=1";
    private static final Set<String> NAME_SPACE =
            Set.of("CREAT", "MKDIR", "HLINK", "SLINK", "MKNOD", "UNLNK", "RMDIR", "RENME", "MIGRT");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void directoriesAddUp() throws Exception {
        run("file,group-by-directory");
        Map<String, Long> expected = new TreeMap<>();
        for (JsonNode record : written()) {
            String type = record.path("type").asText();
            Set<String> parents = new HashSet<>();
            if (NAME_SPACE.contains(type)) {
                parents.add(record.path("parent").asText());
                if (record.has("sourceParent")) {
                    parents.add(record.path("sourceParent").asText());
                }
            }
            parents.forEach(parent -> expected.merge(parent + " " + type, 1L, Long::sum));
        }
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(totals("directory", lines("out/directories.jsonl"))).isEqualTo(expected);
        assertThat(lines("out/directories.jsonl"))
                .allSatisfy(line -> assertThat(line.path("mdt").asText()).startsWith("lustre-MDT000"));
    }

    @Test
    void theHottestDirectoryOfAWindowComesFirst() throws Exception {
        run(
                "group-by-directory",
                "groupByDirectory.size=100000",
                "groupByDirectory.timeout=60000",
                "groupByDirectory.maxDelay=5m");
        Map<String, List<Long>> windows = new TreeMap<>();
        for (JsonNode line : lines("out/directories.jsonl")) {
            windows.computeIfAbsent(line.path("mdt").asText(), any -> new ArrayList<>())
                    .add(-line.path("records").asLong());
        }
        assertThat(windows).hasSize(2);
        assertThat(windows.values()).allSatisfy(records -> assertThat(records).isSorted());
    }

    @Test
    void jobsAddUp() throws Exception {
        run("file,per-job");
        Map<String, Long> expected = new TreeMap<>();
        for (JsonNode record : written()) {
            if (record.has("jobId")) {
                expected.merge(
                        record.path("jobId").asText() + " "
                                + record.path("type").asText(),
                        1L,
                        Long::sum);
            }
        }
        assertThat(expected).hasSizeGreaterThan(5);
        assertThat(totals("job", lines("out/jobs.jsonl"))).isEqualTo(expected);
    }

    @Test
    void aTornLineStaysAlone() throws Exception {
        List<String> files = List.of("out/directories.jsonl", "out/jobs.jsonl");
        Path data = folder.resolve("data");
        Files.createDirectories(data.resolve("out"));
        for (String file : files) {
            Files.writeString(data.resolve(file), "torn");
        }
        try (DaemonProcess daemon = DaemonProcess.run(
                folder, "run", "--policies", "group-by-directory,per-job", "--source", SOURCE, "--data", "data")) {
            assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
        }
        for (String file : files) {
            List<String> lines = Files.readAllLines(data.resolve(file));
            assertThat(lines).hasSizeGreaterThan(5).startsWith("torn");
            assertThat(lines.subList(1, lines.size()))
                    .allSatisfy(line -> assertThat(
                                    JSON.readTree(line).path("records").asLong())
                            .isPositive());
        }
    }

    @Test
    void coalescedRecordsAreSomeOfAll() throws Exception {
        for (String strategy : List.of("net-effect", "restat", "last-per-fid")) {
            run("file,coalesce", "coalesce.strategy=" + strategy, "coalesce.size=2000");
            Set<String> all = new HashSet<>();
            written().forEach(record -> all.add(record.path("id").asText()));
            List<String> kept = new ArrayList<>();
            for (int mdt = 0; mdt < 2; mdt++) {
                lines("out/coalesced/lustre-MDT000" + mdt + ".jsonl")
                        .forEach(record -> kept.add(record.path("id").asText()));
            }
            assertThat(kept)
                    .as(strategy)
                    .isNotEmpty()
                    .hasSizeLessThan(all.size())
                    .doesNotHaveDuplicates();
            assertThat(all).containsAll(kept);
        }
    }

    private static Map<String, Long> totals(String field, List<JsonNode> lines) {
        Map<String, Long> totals = new TreeMap<>();
        for (JsonNode line : lines) {
            long sum = 0;
            for (Map.Entry<String, JsonNode> type : line.path("types").properties()) {
                totals.merge(
                        line.path(field).asText() + " " + type.getKey(),
                        type.getValue().asLong(),
                        Long::sum);
                sum += type.getValue().asLong();
            }
            assertThat(line.path("records").asLong()).isEqualTo(sum);
        }
        return totals;
    }

    private void run(String policies, String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--policies", policies, "--source", SOURCE, "--data", "data", "--fresh"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        try (DaemonProcess daemon = DaemonProcess.run(folder, arguments.toArray(String[]::new))) {
            assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
            assertThat(daemon.out()).contains("cleared " + RECORDS);
        }
    }

    private List<JsonNode> written() throws IOException {
        List<JsonNode> records = lines("out/lustre-MDT0000.jsonl");
        records.addAll(lines("out/lustre-MDT0001.jsonl"));
        assertThat(records).hasSize(2 * RECORDS);
        return records;
    }

    private List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("data").resolve(file))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}

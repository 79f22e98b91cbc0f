// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.runtime.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy http against a web service that misbehaves, beside policy file, which tells what there was to receive. */
class HttpTest {
    private static final List<String> MDTS = List.of("lustre-MDT0000", "lustre-MDT0001");
    private static final int RECORDS = 1_500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void aServiceInTrouble() throws Exception {
        Map<Integer, Integer> troubles = Map.of(
                2, 503,
                4, 429,
                6, WebService.SILENT,
                8, WebService.HANGS_UP,
                10, WebService.HANGS_UP_BEHIND_THE_RECORDS,
                12, 404,
                14, 500,
                16, 302);
        try (WebService service =
                        WebService.start(0, (request, lines) -> troubles.getOrDefault(request, WebService.OK));
                DaemonProcess daemon = start(service.url())) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertAllArrived(service);
            assertThat(service.lines()).hasSizeGreaterThan(MDTS.size() * RECORDS);
            assertThat(service.contentTypes()).containsOnly("POST application/x-ndjson");
            assertThat(folder.resolve("data/dead/http")).isDirectoryNotContaining("glob:**.jsonl");
        }
    }

    @Test
    void recordsThatItRefusesGoToTheDeadLetters() throws Exception {
        Set<String> refused = Set.of("lustre-MDT0000/57", "lustre-MDT0000/58", "lustre-MDT0000/1500");
        AtomicBoolean busy = new AtomicBoolean(true);
        WebService.Plan plan = (request, lines) -> {
            List<String> ids = lines.stream().map(HttpTest::id).toList();
            if (ids.equals(List.of("lustre-MDT0000/30")) && busy.getAndSet(false)) {
                return 500;
            }
            if (ids.stream().anyMatch(refused::contains)) {
                return 400;
            }
            return ids.size() > 90 ? 413 : WebService.OK;
        };
        try (WebService service = WebService.start(0, plan);
                DaemonProcess daemon = start(service.url())) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            Path dead = folder.resolve("data/dead/http/" + MDTS.get(0) + ".dead.jsonl");
            assertThat(Files.readAllLines(dead))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line)
                            .contains("\"route\":\"http\"", "HttpOperationFailedException", "statusCode: 400"));
            assertReplayGives(dead, refused);
            Set<String> expected = written().keySet();
            expected.removeAll(refused);
            assertThat(byId(service.lines()).keySet()).isEqualTo(expected);
            for (String mdt : MDTS) {
                assertThat(firstComings(service, mdt)).isSorted();
            }
            assertThat(daemon.err())
                    .contains("lustre-MDT0000: the service of policy http refuses the batch from index 1 on (400)");
            for (String mdt : MDTS) {
                assertThat(cleared(mdt)).isEqualTo(RECORDS);
            }
        }
    }

    @Test
    void theChangelogWaitsForAServiceThatIsNotThere() throws Exception {
        int port;
        try (WebService once = WebService.start(0, (request, lines) -> WebService.OK)) {
            port = once.port();
        }
        try (DaemonProcess daemon = start("http://localhost:" + port + "/changelog")) {
            await().atMost(PATIENCE).until(() -> daemon.err().contains("(failure 3 of it), tries again"));
            assertThat(MDTS).allSatisfy(mdt -> assertThat(cleared(mdt)).isZero());
            try (WebService service = WebService.start(port, (request, lines) -> WebService.OK)) {
                assertThat(daemon.exitCode()).as(daemon.err()).isZero();
                assertAllArrived(service);
            }
        }
    }

    private void assertReplayGives(Path dead, Set<String> ids) throws Exception {
        DaemonProcess replay =
                DaemonProcess.run(folder, "run", "--data", "again", "--policies", "file", "--input", dead.toString());
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        Map<String, String> again = byId(Files.readAllLines(folder.resolve("again/out/" + MDTS.get(0) + ".jsonl")));
        Map<String, String> before = written();
        before.keySet().retainAll(ids);
        assertThat(again).isEqualTo(before);
    }

    private DaemonProcess start(String url) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--policies", "http,file", "--source", "simulator:mdts=2,rate=0,records=" + RECORDS));
        List.of(
                        "http.url=" + url,
                        "http.timeout=1000",
                        "lustre.maxBatch=100",
                        "camel.component.lustre.redeliveryDelay=50ms",
                        "camel.component.lustre.maxRedeliveryDelay=200ms",
                        "camel.component.lustre.clearInterval=50ms")
                .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return DaemonProcess.start(folder, arguments.toArray(String[]::new));
    }

    /** Everything that was cleared, each MDT in order, repeats the same byte for byte. */
    private void assertAllArrived(WebService service) throws IOException {
        Map<String, String> arrived = byId(service.lines());
        assertThat(arrived).isEqualTo(written());
        for (String mdt : MDTS) {
            assertThat(cleared(mdt)).isEqualTo(RECORDS);
            assertThat(firstComings(service, mdt))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, RECORDS).boxed().toList());
        }
    }

    /** The indexes of an MDT in the order in which they came first. */
    private static List<Long> firstComings(WebService service, String mdt) {
        return new LinkedHashSet<>(service.lines())
                .stream()
                        .map(HttpTest::id)
                        .filter(id -> id.startsWith(mdt))
                        .map(id -> Long.valueOf(id.substring(mdt.length() + 1)))
                        .toList();
    }

    private static Map<String, String> byId(List<String> lines) {
        Map<String, String> records = new HashMap<>();
        for (String line : lines) {
            String before = records.put(id(line), line);
            assertThat(before == null || before.equals(line)).as(line).isTrue();
        }
        return records;
    }

    private Map<String, String> written() throws IOException {
        Map<String, String> records = new HashMap<>();
        for (String mdt : MDTS) {
            records.putAll(byId(Files.readAllLines(folder.resolve("data/out/" + mdt + ".jsonl"))));
        }
        assertThat(records).hasSize(MDTS.size() * RECORDS);
        return records;
    }

    private static String id(String line) {
        assertThat(line).startsWith("{\"id\":\"").endsWith("}");
        return line.substring(7, line.indexOf('"', 7));
    }

    /** What the simulated MDT remembers that was cleared. */
    private long cleared(String mdt) throws IOException {
        Path log = folder.resolve("data/simulator").resolve(mdt + ".json");
        return Files.exists(log)
                ? new ObjectMapper()
                        .readTree(log.toFile())
                        .path("marks")
                        .path("cl1")
                        .asLong()
                : 0;
    }
}

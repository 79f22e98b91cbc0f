// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.runtime.DaemonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy http against a web service that misbehaves, beside policy file, which tells what there was to receive. */
class HttpTest {
    private static final List<String> MDTS = List.of("lustre-MDT0000", "lustre-MDT0001");
    private static final int RECORDS = 1_500;
    private static final int BATCH = 100;
    private static final Duration REDELIVERY = Duration.ofMillis(50);
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
        Manners manners = manners((request, lines) -> troubles.getOrDefault(request, WebService.OK), REDELIVERY);
        try (WebService service = WebService.start(0, manners);
                DaemonProcess daemon = start(service.url())) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertAllArrived(service);
            assertThat(service.lines()).hasSizeGreaterThan(MDTS.size() * RECORDS);
            assertThat(service.contentTypes()).containsOnly("POST application/x-ndjson");
            assertThat(service.authorizations()).containsOnly("-");
            assertThat(manners.breaches()).isEmpty();
            assertThat(folder.resolve("data/dead/http")).isDirectoryNotContaining("glob:**.jsonl");
        }
    }

    @Test
    void itIsLeftAloneForAsLongAsItAsks() throws Exception {
        Set<String> asked = new HashSet<>();
        WebService.Plan plan = new WebService.Plan() {
            @Override
            public int answer(int request, List<String> lines) {
                String mdt =
                        WebService.id(lines.get(0)).substring(0, MDTS.get(0).length());
                return !asked.add(mdt) ? WebService.OK : mdt.equals(MDTS.get(0)) ? 429 : 503;
            }

            @Override
            public String retryAfter(int status) {
                return status == 429
                        ? "1"
                        : RFC_1123_DATE_TIME.format(ZonedDateTime.now(UTC).plusSeconds(2));
            }
        };
        Manners manners = manners(plan, Duration.ofSeconds(1));
        try (WebService service = WebService.start(0, manners);
                DaemonProcess daemon = start(
                        service.url(),
                        "http.gzip=true",
                        "http.maxRetryAfter=60000",
                        "http.authorization=Bearer it's-sesame")) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertAllArrived(service);
            assertThat(manners.breaches()).isEmpty();
            assertThat(service.contentTypes()).containsOnly("POST application/x-ndjson gzip");
            assertThat(service.authorizations()).containsOnly("Bearer it's-sesame");
            assertThat(daemon.out() + daemon.err()).doesNotContain("sesame");
            assertThat(daemon.err())
                    .contains(
                            "lustre-MDT0000: the service of policy http asks to be left alone (429), for 1000 ms",
                            "lustre-MDT0001: the service of policy http asks to be left alone (503), for ",
                            "statusCode: 429");
        }
    }

    @Test
    void onlyTheAnswerClears() throws Exception {
        Manners manners = manners((request, lines) -> WebService.SLOW, REDELIVERY);
        try (WebService service = WebService.start(0, manners);
                DaemonProcess daemon = start(service.url(), "http.timeout=60000")) {
            await().atMost(PATIENCE)
                    .until(() -> service.lines().size() == MDTS.size() * BATCH
                            && MDTS.stream().allMatch(mdt -> HttpTest.lines(out(mdt)) == RECORDS));
            assertThat(MDTS).allSatisfy(mdt -> assertThat(cleared(mdt)).isZero());
            service.release();
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertAllArrived(service);
            assertThat(service.lines()).hasSize(MDTS.size() * RECORDS);
            assertThat(manners.breaches()).isEmpty();
        }
    }

    @Test
    void recordsThatItRefusesGoToTheDeadLetters() throws Exception {
        Set<String> refused = Set.of("lustre-MDT0000/57", "lustre-MDT0000/58", "lustre-MDT0000/1500");
        AtomicBoolean busy = new AtomicBoolean(true);
        Manners manners = manners(
                (request, lines) -> {
                    List<String> ids = lines.stream().map(WebService::id).toList();
                    if (ids.equals(List.of("lustre-MDT0000/30")) && busy.getAndSet(false)) {
                        return 500;
                    }
                    if (ids.stream().anyMatch(refused::contains)) {
                        return 400;
                    }
                    return ids.size() > 90 ? 413 : WebService.OK;
                },
                REDELIVERY);
        try (WebService service = WebService.start(0, manners);
                DaemonProcess daemon = start(service.url())) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            Path dead = folder.resolve("data/dead/http/" + MDTS.get(0) + ".dead.jsonl");
            assertThat(Files.readAllLines(dead))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line)
                            .contains("\"route\":\"http\"", "\"reason\":\"HTTP 400", ": no such luck\""));
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
            assertThat(manners.breaches()).isEmpty();
        }
    }

    @Test
    void theChangelogWaitsForAServiceThatIsNotThereOrResetsConnections() throws Exception {
        int port;
        try (WebService once = WebService.start(0, (request, lines) -> WebService.OK)) {
            port = once.port();
        }
        try (DaemonProcess daemon = start("http://localhost:" + port + "/changelog")) {
            await().atMost(PATIENCE).until(() -> daemon.err().contains("(failure 3 of it), tries again"));
            assertThat(daemon.err()).contains("Connection refused").doesNotContain("\tat ");
            try (ServerSocket door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                for (int connection = 0; connection < 3; connection++) {
                    try (Socket socket = door.accept()) {
                        assertThat(socket.getInputStream().read()).isPositive();
                        // the client reads "connection reset", not the end of a stream
                        socket.setSoLinger(true, 0);
                    }
                }
            }
            assertThat(MDTS).allSatisfy(mdt -> assertThat(cleared(mdt)).isZero());
            try (WebService service = WebService.start(port, (request, lines) -> WebService.OK)) {
                assertThat(daemon.exitCode()).as(daemon.err()).isZero();
                assertAllArrived(service);
            }
        }
    }

    private Manners manners(WebService.Plan plan, Duration pause) {
        return new Manners(plan, this::cleared, pause);
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

    private DaemonProcess start(String url, String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--policies", "http,file", "--source", "simulator:mdts=2,rate=0,records=" + RECORDS));
        List.of(
                        "http.url=" + url,
                        "http.timeout=1000",
                        "http.maxRetryAfter=100",
                        "lustre.maxBatch=" + BATCH,
                        "camel.component.lustre.redeliveryDelay=" + REDELIVERY.toMillis() + "ms",
                        "camel.component.lustre.maxRedeliveryDelay=200ms",
                        "camel.component.lustre.clearInterval=50ms")
                .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        List.of(settings).forEach(setting -> arguments.addAll(List.of("--set", setting)));
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
                        .map(WebService::id)
                        .filter(id -> id.startsWith(mdt))
                        .map(id -> Long.valueOf(id.substring(mdt.length() + 1)))
                        .toList();
    }

    private static Map<String, String> byId(List<String> lines) {
        Map<String, String> records = new HashMap<>();
        for (String line : lines) {
            String before = records.put(WebService.id(line), line);
            assertThat(before == null || before.equals(line)).as(line).isTrue();
        }
        return records;
    }

    private Path out(String mdt) {
        return folder.resolve("data/out/" + mdt + ".jsonl");
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> written() throws IOException {
        Map<String, String> records = new HashMap<>();
        for (String mdt : MDTS) {
            records.putAll(byId(Files.readAllLines(out(mdt))));
        }
        assertThat(records).hasSize(MDTS.size() * RECORDS);
        return records;
    }

    /** What the simulated MDT remembers that was cleared. */
    private long cleared(String mdt) {
        Path log = folder.resolve("data/simulator").resolve(mdt + ".json");
        try {
            return Files.exists(log)
                    ? new ObjectMapper()
                            .readTree(log.toFile())
                            .path("marks")
                            .path("cl1")
                            .asLong()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

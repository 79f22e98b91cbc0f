// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camellustre.runtime.DaemonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy elasticsearch against a real Elasticsearch 7.10, directly and through a gateway. Each test has indexes of its own. */
class ElasticsearchTest {
    private static final Path SERVERS = Path.of("servers").toAbsolutePath();
    private static final String MDT = "lustre-MDT0000";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path serverFolder;

    private static SearchServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void startServer() throws Exception {
        server = SearchServer.start(SERVERS, SearchServer.ELASTICSEARCH, serverFolder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void whatIsClearedIsThereOnceHoweverOftenItComes() throws Exception {
        String nobody = "http://127.0.0.1:" + SearchServer.freePort();
        for (int version = 1; version <= 2; version++) {
            BulkRun run = new BulkRun(folder.resolve("run" + version), "elasticsearch", nobody + "," + server.url())
                    .set("index", "once")
                    .set("template", "true")
                    .set("maxBatch", "400")
                    .simulator("mdts=2,rate=0,records=1500");
            try (DaemonProcess daemon = run.start()) {
                assertThat(daemon.exitCode()).as(daemon.err()).isZero();
                assertThat(daemon.err()).doesNotContain("WARN", "ERROR");
            }
            assertThat(server.documents("once-*")).hasSize(3_000).isEqualTo(run.written());
            assertThat(run.cleared(MDT)).isEqualTo(1_500);
            Map<String, Integer> versions = new HashMap<>();
            server.forEach(
                    "once-*",
                    false,
                    (id, hit) -> versions.put(id, hit.path("_version").asInt()));
            assertThat(versions.values()).containsOnly(version);
        }
        assertThat(server.names().stream().filter(name -> name.startsWith("once")))
                .containsExactly("once-2026.01.01");
        assertThat(server.call("GET", "/once-*/_mapping/field/time", "")
                        .findValue("type")
                        .asText())
                .isEqualTo("date_nanos");
    }

    @Test
    void whatDoesNotFitTheMappingGoesToTheDeadLettersAndTheRestGoesOn() throws Exception {
        server.call(
                "PUT",
                "/_index_template/odd",
                "{\"index_patterns\":[\"odd-*\"],\"template\":{\"mappings\":{\"dynamic\":false,\"properties\":{\"uid\":{\"type\":\"byte\"}}}}}");
        BulkRun run = new BulkRun(folder, "elasticsearch", server.url())
                .set("index", "odd")
                .set("maxBatch", "200")
                .simulator("mdts=1,rate=0,records=600");
        try (DaemonProcess daemon = run.start()) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertThat(daemon.err())
                    .contains("400 mapper_parsing_exception: failed to parse field [uid] of type [byte]");
        }
        TreeSet<Long> misfits = run.written().values().stream()
                .filter(record -> record.path("uid").asLong() > Byte.MAX_VALUE)
                .map(record -> record.path("index").asLong())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(misfits).isNotEmpty().hasSizeLessThan(600);
        List<JsonNode> dead = Files.readAllLines(run.dead(MDT)).stream()
                .map(SearchServer::json)
                .toList();
        assertThat(dead)
                .extracting(letter -> letter.path("index").asLong())
                .containsExactlyInAnyOrderElementsOf(misfits);
        assertThat(dead).allSatisfy(letter -> {
            assertThat(letter.path("route").asText()).isEqualTo("elasticsearch");
            assertThat(letter.path("reason").asText())
                    .startsWith("400 mapper_parsing_exception: failed to parse field [uid]");
        });
        Map<String, JsonNode> expected = run.written();
        misfits.forEach(index -> expected.remove(MDT + "/" + index));
        assertThat(server.documents("odd-*")).isEqualTo(expected);
        assertThat(run.cleared(MDT)).isEqualTo(600);
    }

    @Test
    void aGatewayInTrouble() throws Exception {
        Map<Integer, Integer> troubles = Map.of(
                17, 503,
                3, 429,
                5, Gateway.HANGS_UP,
                7, Gateway.HANGS_UP_BEHIND_THE_REQUEST,
                9, Gateway.LAST_ITEM_BUSY,
                11, 403,
                13, 500,
                15, 302);
        Gateway.Plan plan =
                (number, request) -> request.documents() > 70 ? 413 : troubles.getOrDefault(number, Gateway.PASS);
        try (Gateway gateway = Gateway.start(0, server.url(), plan)) {
            BulkRun run = new BulkRun(folder, "elasticsearch", "http://localhost:" + gateway.port())
                    .set("index", "trouble")
                    .set("maxBatch", "100")
                    .simulator("mdts=1,rate=0,records=2000");
            try (DaemonProcess daemon = run.start()) {
                assertThat(daemon.exitCode()).as(daemon.err()).isZero();
                assertThat(server.documents("trouble-*")).isEqualTo(run.written());
                assertThat(daemon.err())
                        .contains("refuses records (503)")
                        .contains("because it is busy or its disks are full (429)")
                        .contains("(429 es_rejected_execution_exception: queue is full)")
                        .contains("no answer from http://localhost:" + gateway.port())
                        .contains("because the user must not, or the index is blocked (403)");
            }
            assertThat(gateway.documents()).contains(50);
            assertThat(run.dead(MDT)).doesNotExist();
            assertThat(run.cleared(MDT)).isEqualTo(2_000);
        }
    }

    @Test
    void theChangelogWaitsForAServerThatIsFullOrFrozenOrKilled() throws Exception {
        BulkRun run = new BulkRun(folder, "elasticsearch", server.url())
                .set("index", "waits")
                .set("timeout", "1000")
                .simulator("mdts=1,rate=400,records=6000");
        try (DaemonProcess daemon = run.start()) {
            await().atMost(PATIENCE).until(() -> run.cleared(MDT) > 0);
            blocked("waits-*", true);
            await().atMost(PATIENCE).until(() -> daemon.err().contains("read-only-allow-delete"));
            server.freeze();
            await().atMost(PATIENCE).until(() -> daemon.err().contains("Read timed out"));
            server.kill();
            await().atMost(PATIENCE).until(() -> daemon.err().contains("Connection refused"));
            assertThat(run.cleared(MDT)).isLessThan(6_000);
            server.start();
            blocked("waits-*", false);
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
        }
        assertThat(server.documents("waits-*")).hasSize(6_000).isEqualTo(run.written());
        assertThat(run.cleared(MDT)).isEqualTo(6_000);
        assertThat(run.dead(MDT)).doesNotExist();
    }

    /** The server waits for the copy, but not longer than we do for its answer: the operator reads what is missing. */
    @Test
    void theChangelogWaitsForASecondCopy() throws Exception {
        server.call("PUT", "/_index_template/copies", """
                {"index_patterns": ["copies-*"], "template": {"settings":
                    {"number_of_replicas": 1, "index.write.wait_for_active_shards": "2"}}}
                """);
        BulkRun run = new BulkRun(folder, "elasticsearch", server.url())
                .set("index", "copies")
                .set("timeout", "5000")
                .simulator("mdts=1,rate=0,records=500");
        try (DaemonProcess daemon = run.start()) {
            await().atMost(PATIENCE)
                    .until(
                            () -> daemon.err()
                                    .contains(
                                            "(503 unavailable_shards_exception: [copies-2026.01.01][0] Not enough active copies"));
            assertThat(run.cleared(MDT)).isZero();
            server.call("PUT", "/copies-*/_settings", "{\"index.write.wait_for_active_shards\": \"1\"}");
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
        }
        assertThat(server.documents("copies-*")).hasSize(500).isEqualTo(run.written());
        assertThat(run.dead(MDT)).doesNotExist();
    }

    /** What the server itself does when its disk is full. */
    private static void blocked(String indexes, boolean block) throws Exception {
        server.call(
                "PUT",
                "/" + indexes + "/_settings",
                "{\"index.blocks.read_only_allow_delete\":" + (block ? "true" : "null") + "}");
    }

    @Test
    void aCertificateThatHasExpiredAndAPasswordThatIsWrong() throws Exception {
        Certificates certificates = new Certificates(folder);
        SSLContext expired = certificates.server(10);
        SSLContext valid = certificates.server(1);
        Gateway.Plan secret = (number, request) -> 401;
        int port;
        BulkRun run;
        DaemonProcess daemon;
        try (Gateway gateway = Gateway.startTls(0, server.url(), expired, secret)) {
            port = gateway.port();
            run = new BulkRun(folder, "elasticsearch", "https://localhost:" + port)
                    .set("index", "secret")
                    .set("user", "lustre")
                    .set("password", "sesame")
                    .property("camel.ssl.enabled", "true")
                    .property("camel.ssl.trustStore", "file:" + certificates.trustStore())
                    .property("camel.ssl.trustStorePassword", Certificates.PASSWORD)
                    .simulator("mdts=1,rate=0,records=500");
            daemon = run.start();
            await().atMost(PATIENCE)
                    .until(() ->
                            daemon.err().contains("ERROR") && daemon.err().contains("no TLS with https://localhost"));
            assertThat(gateway.documents()).isEmpty();
        }
        try (daemon;
                Gateway gateway = Gateway.startTls(port, server.url(), valid, secret)) {
            await().atMost(PATIENCE)
                    .until(() ->
                            daemon.err().contains("refuses records, because user, password or key are wrong (401)"));
            assertThat(run.cleared(MDT)).isZero();
            gateway.plan((number, request) ->
                    "Basic bHVzdHJlOnNlc2FtZQ==".equals(request.authorization()) ? Gateway.PASS : 401);
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertThat(daemon.out() + daemon.err()).doesNotContain("sesame", "bHVzdHJl");
        }
        assertThat(server.documents("secret-*")).hasSize(500).isEqualTo(run.written());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camellustre.runtime.DaemonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy opensearch against a real OpenSearch 2.19: all captures of a real Lustre, and a data stream. */
class OpenSearchTest {
    private static final Path SERVERS = Path.of("servers").toAbsolutePath();
    private static final Path CAPTURES =
            Path.of("..", "captures").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    static Path serverFolder;

    private static SearchServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void startServer() throws Exception {
        server = SearchServer.start(SERVERS, SearchServer.OPENSEARCH, serverFolder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void allCapturesFitTheTemplate() throws Exception {
        BulkRun run = new BulkRun(folder, "opensearch", server.url()).set("template", "true");
        int mdts = 0;
        try (Stream<Path> files = Files.walk(CAPTURES)) {
            for (Path file : files.filter(OpenSearchTest::isCapture).sorted().toList()) {
                run.input(file, String.format("fs-MDT%04x", mdts++));
            }
        }
        assertThat(mdts).isGreaterThan(20);
        try (DaemonProcess daemon = run.start()) {
            await().atMost(PATIENCE).until(() -> !daemon.isAlive());
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
        }
        assertThat(folder.resolve("data/dead/opensearch")).isDirectoryNotContaining("glob:**.jsonl");
        Map<String, JsonNode> documents = server.documents("lustre-*");
        assertThat(documents).hasSizeGreaterThan(10_000).isEqualTo(run.written());
        assertThat(documents.values()).anyMatch(document -> document.has("nameBase64"));
        server.forEach("lustre-*", true, (id, hit) -> {
            String day = hit.path("_source").path("time").asText().substring(0, 10);
            assertThat(hit.path("_index").asText()).isEqualTo("lustre-" + day.replace('-', '.'));
        });
    }

    private static boolean isCapture(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.gz$", "");
        return name.endsWith(".bin") || name.endsWith(".txt") && !name.endsWith(".users.txt");
    }

    @Test
    void aDataStreamTakesARepeatForDelivered() throws Exception {
        for (int i = 1; i <= 2; i++) {
            BulkRun run = new BulkRun(folder.resolve("run" + i), "opensearch", server.url())
                    .set("index", "changes")
                    .set("dataStream", "true")
                    .set("template", "true")
                    .simulator("mdts=1,rate=0,records=800");
            try (DaemonProcess daemon = run.start()) {
                assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            }
            assertThat(run.cleared("lustre-MDT0000")).isEqualTo(800);
            assertThat(server.documents("changes").keySet())
                    .isEqualTo(run.written().keySet());
        }
        assertThat(server.call("GET", "/_data_stream/changes", "").findValue("indices"))
                .hasSize(1);
    }
}

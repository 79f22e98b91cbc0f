// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.sinks.KafkaBroker;
import io.github.camellustre.tests.sinks.KafkaTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies kafka and from-kafka: a real topic, a group of two processes, and a real Elasticsearch behind a gateway that misbehaves. */
class FromKafkaTest {
    private static final int RECORDS = 3_000;
    private static final int WINDOW = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void aGroupOfProcessesBringsTheTopicToElasticsearch() throws Exception {
        Path brokerFolder = Files.createDirectory(folder.resolve("broker"));
        try (KafkaBroker broker = KafkaBroker.start(brokerFolder, new Certificates(brokerFolder));
                SearchServer server =
                        SearchServer.start(Path.of("servers").toAbsolutePath(), SearchServer.ELASTICSEARCH, folder)) {
            try (DaemonProcess daemon = daemon(
                    "data",
                    broker,
                    "kafka,file",
                    "kafka.topic=records",
                    "kafka.form=raw",
                    "camel.component.lustre.clearInterval=50ms")) {
                assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            }
            Map<String, JsonNode> written = written();
            KafkaTopic topic = new KafkaTopic(broker.plain(), "records");
            try (Gateway gateway = Gateway.start(0, server.url(), (number, request) -> 503);
                    DaemonProcess one = group("one", broker, gateway);
                    DaemonProcess two = group("two", broker, gateway)) {
                // Whoever came first has all partitions: it gives none away before its window is delivered.
                await().atMost(PATIENCE).until(() -> (one.err() + two.err()).contains("delivery attempt: 1 caught"));
                assertThat(one.err() + two.err()).contains("refuses records (503");
                assertThat(topic.committed()).isZero();
                DaemonProcess first = one.err().contains("503") ? one : two;
                DaemonProcess second = first == one ? two : one;

                AtomicInteger passed = new AtomicInteger();
                gateway.plan((number, request) -> switch (passed.incrementAndGet()) {
                    case 2 -> Gateway.HANGS_UP_BEHIND_THE_REQUEST;
                    case 4 -> Gateway.LAST_ITEM_BUSY;
                    default -> passed.get() < 8 ? Gateway.PASS : 503;
                });
                await().atMost(PATIENCE).until(() -> passed.get() > 8);
                await().atMost(PATIENCE).until(() -> topic.committed() > 0);
                assertThat(topic.committed()).isLessThan(written.size());
                first.kill();
                gateway.plan((number, request) -> Gateway.PASS);
                await().atMost(PATIENCE).until(() -> topic.committed() == written.size());
                second.terminate();
                assertThat(second.exitCode()).as(second.err()).isZero();
            }
            assertThat(server.documents("lustre-*")).isEqualTo(written);
        }
    }

    private DaemonProcess group(String data, KafkaBroker broker, Gateway gateway) {
        return daemon(
                data,
                broker,
                "from-kafka",
                "fromKafka.topic=records",
                "fromKafka.maxBatch=" + WINDOW,
                "elasticsearch.url=http://localhost:" + gateway.port(),
                "camel.component.kafka.sessionTimeoutMs=3000",
                "camel.component.kafka.heartbeatIntervalMs=500");
    }

    private DaemonProcess daemon(String data, KafkaBroker broker, String policies, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--data",
                data,
                "--policies",
                policies,
                "--source",
                "simulator:mdts=1,seed=1,rate=0,records=" + RECORDS,
                "--set",
                "kafka.brokers=" + broker.plain()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return DaemonProcess.start(folder, arguments.toArray(String[]::new));
    }

    private Map<String, JsonNode> written() throws Exception {
        Map<String, JsonNode> records = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("data/out/lustre-MDT0000.jsonl"))) {
            JsonNode record = new ObjectMapper().readTree(line);
            records.put(record.path("id").asText(), record);
        }
        assertThat(records).hasSize(RECORDS);
        return records;
    }
}

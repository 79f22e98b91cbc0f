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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies kafka and from-kafka: a real broker, and a real Elasticsearch that is frozen and killed, or behind a gateway that misbehaves. */
class FromKafkaTest {
    private static final String MDT = "lustre-MDT0000";
    private static final int RECORDS = 3_000;
    private static final int WINDOW = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path servers;

    private static KafkaBroker broker;
    private static SearchServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void startServers() throws Exception {
        broker = KafkaBroker.start(servers, new Certificates(servers));
        server = SearchServer.start(Path.of("servers").toAbsolutePath(), SearchServer.ELASTICSEARCH, servers);
    }

    @AfterAll
    static void stopServers() {
        server.close();
        broker.close();
    }

    @Test
    void aGroupOfProcessesBringsTheTopicToElasticsearch() throws Exception {
        Map<String, JsonNode> written = sent("group");
        KafkaTopic topic = topic("group");
        try (Gateway gateway = Gateway.start(0, server.url(), (number, request) -> 503);
                DaemonProcess one = reader("one", "group", "http://localhost:" + gateway.port());
                DaemonProcess two = reader("two", "group", "http://localhost:" + gateway.port())) {
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
        assertThat(server.documents("group-*")).isEqualTo(written);
    }

    @Test
    void nothingIsCommittedThatAKilledOrFrozenElasticsearchHasNot() throws Exception {
        KafkaTopic topic = topic("faults");
        try (DaemonProcess sender = sender("faults", "rate=200,records=" + RECORDS)) {
            try (DaemonProcess one = reader("one", "faults", server.url())) {
                await().atMost(PATIENCE).until(() -> topic.committed() > 0);
                server.kill();
                await().atMost(PATIENCE).until(() -> one.err().contains("delivery attempt: 2 caught"));
                assertThat(one.err()).contains("Connection refused");
                one.kill();
            }
            server.start();
            assertThat(server.documents("faults-*").keySet()).containsAll(ids(topic.committedMessages()));

            try (DaemonProcess two = reader("two", "faults", server.url())) {
                long before = topic.committed();
                await().atMost(PATIENCE).until(() -> topic.committed() > before);
                server.freeze();
                await().atMost(PATIENCE).until(() -> two.err().contains("delivery attempt: 2 caught"));
                assertThat(two.err()).contains("Read timed out");
                server.thaw();
                assertThat(sender.exitCode()).as(sender.err()).isZero();
                await().atMost(PATIENCE).until(() -> topic.committed() == RECORDS);
                two.terminate();
                assertThat(two.exitCode()).as(two.err()).isZero();
            }
        }
        assertThat(server.documents("faults-*")).hasSize(RECORDS).isEqualTo(written("faults"));
        assertThat(folder.resolve("two/dead/from-kafka")).isDirectoryNotContaining("glob:**.jsonl");
    }

    @Test
    void whatIsRefusedForItsContentIsADeadLetterThatIsReadAgain() throws Exception {
        server.call(
                "PUT",
                "/_index_template/odd",
                "{\"index_patterns\":[\"odd-*\"],\"template\":{\"mappings\":{\"dynamic\":false,\"properties\":{\"uid\":{\"type\":\"byte\"}}}}}");
        Map<String, JsonNode> written = sent("odd");
        KafkaTopic topic = topic("odd");
        try (DaemonProcess reader = reader("one", "odd", server.url())) {
            await().atMost(PATIENCE).until(() -> topic.committed() == RECORDS);
            assertThat(reader.err()).contains("it is refused for good (400 mapper_parsing_exception");
        }
        Map<String, JsonNode> misfits = new HashMap<>(written);
        misfits.values().removeIf(record -> record.path("uid").asLong() <= Byte.MAX_VALUE);
        Map<String, JsonNode> others = new HashMap<>(written);
        others.keySet().removeAll(misfits.keySet());
        assertThat(server.documents("odd-*")).isEqualTo(others);

        Path letters = folder.resolve("one/dead/from-kafka/" + MDT + ".dead.jsonl");
        try (DaemonProcess again = DaemonProcess.start(
                folder, "run", "--data", "again", "--policies", "file", "--input", letters.toString())) {
            assertThat(again.exitCode()).as(again.err()).isZero();
        }
        assertThat(written("again")).isEqualTo(misfits).isNotEmpty();
    }

    /** All records, in a topic of that name. */
    private Map<String, JsonNode> sent(String topic) throws Exception {
        try (DaemonProcess daemon = sender(topic, "rate=0,records=" + RECORDS)) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
        }
        Map<String, JsonNode> written = written(topic);
        assertThat(written).hasSize(RECORDS);
        return written;
    }

    private DaemonProcess sender(String topic, String source) {
        return daemon(
                topic,
                "kafka,file",
                "--source",
                "simulator:mdts=1,seed=1," + source,
                "--set",
                "kafka.topic=" + topic,
                "--set",
                "kafka.form=raw",
                "--set",
                "camel.component.lustre.clearInterval=50ms");
    }

    /** A process of the group, with windows, and indexes that are called as the topic is. */
    private DaemonProcess reader(String data, String topic, String elasticsearch) {
        return daemon(
                data,
                "from-kafka",
                "--set",
                "fromKafka.topic=" + topic,
                "--set",
                "fromKafka.maxBatch=" + WINDOW,
                "--set",
                "elasticsearch.url=" + elasticsearch,
                "--set",
                "elasticsearch.index=" + topic,
                "--set",
                "elasticsearch.timeout=2000",
                "--set",
                "camel.component.kafka.sessionTimeoutMs=3000",
                "--set",
                "camel.component.kafka.heartbeatIntervalMs=500");
    }

    private DaemonProcess daemon(String data, String policies, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--data", data, "--policies", policies, "--set", "kafka.brokers=" + broker.plain()));
        arguments.addAll(List.of(more));
        return DaemonProcess.start(folder, arguments.toArray(String[]::new));
    }

    private static KafkaTopic topic(String name) {
        return new KafkaTopic(broker.plain(), name);
    }

    private static Set<String> ids(List<ConsumerRecord<String, String>> messages) {
        return messages.stream()
                .map(message -> KafkaTopic.header(message, "mdt") + '/' + KafkaTopic.header(message, "index"))
                .collect(Collectors.toSet());
    }

    private Map<String, JsonNode> written(String data) throws Exception {
        Map<String, JsonNode> records = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve(data + "/out/" + MDT + ".jsonl"))) {
            JsonNode record = JSON.readTree(line);
            records.put(record.path("id").asText(), record);
        }
        return records;
    }
}

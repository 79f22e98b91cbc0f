// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.SmallDisk;
import io.github.camellustre.tests.elastic.Certificates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Policy kafka with a real broker that is frozen, killed and started again, and that refuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaTest {
    private static final List<String> MDTS = List.of("lustre-MDT0000", "lustre-MDT0001");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** For a daemon that nothing is to fail for: after a time-out its batch would come again in small ones. */
    private static final String AMPLE = "kafka.timeout=30000";

    /** Bytes a second: all that there is takes minutes. */
    private static final double THROTTLE = 2_000;

    /** Where a record has its type. */
    private static final int TYPE = 4;

    @TempDir
    Path folder;

    private KafkaBroker broker;

    @BeforeAll
    void start(@TempDir Path server) throws Exception {
        broker = KafkaBroker.start(server, new Certificates(server));
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void whatIsClearedIsInTheTopicWhateverBecomesOfTheBroker() throws Exception {
        try (DaemonProcess daemon = daemon("a", "kafka,file", "rate=400,records=2000")) {
            await().atMost(PATIENCE).until(() -> cleared("a", MDTS.get(0)) > 0);
            broker.freeze();
            await().atMost(PATIENCE)
                    .until(() -> daemon.err().contains("(failure 1 of it), tries again")
                            && daemon.err().contains("TimeoutException"));
            broker.thaw();
            broker.kill();
            broker.start();
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
        }
        assertThat(MDTS).allSatisfy(mdt -> assertThat(cleared("a", mdt)).isEqualTo(2_000));
        List<ConsumerRecord<String, String>> messages = topic("a").messages();
        Map<String, String> written = written("a", 2_000);
        Map<String, String> arrived = new HashMap<>();
        for (ConsumerRecord<String, String> message : messages) {
            JsonNode json = new ObjectMapper().readTree(message.value());
            arrived.put(json.path("id").asText(), message.value());
            assertThat(message.headers()).extracting(Header::key).containsExactlyInAnyOrder("mdt", "index");
            assertThat(KafkaTopic.header(message, "mdt"))
                    .isEqualTo(json.path("mdt").asText());
            assertThat(KafkaTopic.header(message, "index"))
                    .isEqualTo(json.path("index").asText());
            assertThat(message.key()).isEqualTo(subject(json));
        }
        assertThat(arrived).isEqualTo(written);
        assertEachFidIsInOnePartitionAndEndsInOrder(messages);
        assertThat(folder.resolve("a/dead/kafka")).isDirectoryNotContaining("glob:**.jsonl");
    }

    @Test
    void anOperatorReadsWhyKafkaDoesNotTakeThem() throws Exception {
        try (DaemonProcess wrongPassword = overTls("c", "kafka", broker.login("lustre", "wrong"));
                DaemonProcess expired = overTls("d", "kafka", broker.expired())) {
            await().atMost(PATIENCE)
                    .until(() -> wrongPassword.err().contains("(failure 3 of it)")
                            && expired.err().contains("(failure 3 of it)"));
            assertThat(wrongPassword.err()).contains("SaslAuthenticationException: Authentication failed");
            assertThat(expired.err())
                    .contains("SslAuthenticationException", "NotAfter")
                    .doesNotContain("\tat ");
            assertThat(cleared("c", MDTS.get(0))).isZero();
            assertThat(cleared("d", MDTS.get(0))).isZero();
        }
        try (DaemonProcess right = overTls("c", "kafka", broker.login("lustre", "right"), AMPLE)) {
            assertThat(right.exitCode()).as(right.err()).isZero();
        }
        assertThat(MDTS).allSatisfy(mdt -> assertThat(cleared("c", mdt)).isEqualTo(500));
        assertThat(arrived("c")).hasSize(MDTS.size() * 500);
    }

    @Test
    void whoIsLetInLateNeedsNoRestart() throws Exception {
        List<String> late = broker.login("late", "right");
        try (DaemonProcess back = overTls("g", "from-kafka", late, "fromKafka.topic=topic-f");
                DaemonProcess daemon = overTls("f", "kafka", late, AMPLE)) {
            await().atMost(PATIENCE)
                    .until(() -> daemon.err().contains("(failure 2 of it)")
                            && back.err().contains("Kafka refuses the group lustre"));
            assertThat(back.err()).contains("SaslAuthenticationException: Authentication failed");
            broker.kill();
            broker.setUsers("lustre", "late");
            broker.start();
            await().atMost(PATIENCE).until(() -> !daemon.isAlive());
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertThat(arrived("f")).hasSize(MDTS.size() * 500);
            // its messages are JSON
            await().atMost(PATIENCE).until(() -> back.err().contains("topic-f at offset 0 is no record"));
        }
    }

    @Test
    void theChangelogWaitsForATopicForASlowBrokerAndForRoomOnItsDisk(@TempDir Path server) throws Exception {
        Path disk = server.resolve("disk");
        try (SmallDisk small = SmallDisk.mount(disk);
                KafkaBroker slow = KafkaBroker.start(
                        server,
                        new Certificates(server),
                        "log.dirs=" + disk.resolve("log"),
                        "auto.create.topics.enable=false");
                DaemonProcess daemon =
                        daemon("h", "kafka,file", "rate=0,records=3000", "kafka.brokers=" + slow.plain())) {
            KafkaOperator operator = new KafkaOperator(slow);
            operator.throttle(THROTTLE);
            await().atMost(PATIENCE)
                    .until(() -> daemon.err().contains("TimeoutException: Topic topic-h not present in metadata"));
            assertThat(cleared("h", MDTS.get(0))).isZero();
            operator.createTopic("topic-h");
            await().atMost(PATIENCE).until(() -> cleared("h", MDTS.get(0)) > 0);

            small.fill();
            await().atMost(PATIENCE).until(() -> !slow.isAlive());
            assertThat(cleared("h", MDTS.get(0))).isLessThan(3_000);
            small.free();
            slow.start();
            operator.throttle(null);
            await().atMost(PATIENCE).until(() -> !daemon.isAlive());
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            Set<String> there = new HashSet<>();
            new KafkaTopic(slow.plain(), "topic-h").forEach(message -> there.add(id(message.value())));
            assertThat(there).isEqualTo(written("h", 3_000).keySet());
        }
        assertThat(MDTS).allSatisfy(mdt -> assertThat(cleared("h", mdt)).isEqualTo(3_000));
    }

    @Test
    void theChangelogWaitsUntilTheSecondBrokerHasThemToo(@TempDir Path one, @TempDir Path other) throws Exception {
        try (KafkaBroker first = KafkaBroker.start(
                        one,
                        new Certificates(one),
                        "broker.session.timeout.ms=2000",
                        "broker.heartbeat.interval.ms=500");
                KafkaBroker second = first.startAnother(2, other)) {
            KafkaOperator operator = new KafkaOperator(first);
            operator.createTopicOf(2, "topic-i");
            operator.createTopicOf(2, "topic-j");
            String brokers = "kafka.brokers=" + first.plain() + "," + second.plain();
            try (DaemonProcess fails = daemon("i", "kafka,file", "rate=200,records=2000", brokers);
                    DaemonProcess waits =
                            daemon("j", "kafka,file", "rate=200,records=2000", brokers, "kafka.timeout=120000")) {
                await().atMost(PATIENCE).until(() -> cleared("i", MDTS.get(0)) > 0 && cleared("j", MDTS.get(0)) > 0);
                second.kill();
                await().atMost(PATIENCE)
                        .until(() -> fails.err().contains("(failure 2 of it)")
                                && fails.err().contains("NOT_ENOUGH_REPLICAS"));
                assertThat(List.of("i", "j"))
                        .allSatisfy(
                                data -> assertThat(cleared(data, MDTS.get(0))).isLessThan(2_000));
                second.start();
                await().atMost(PATIENCE).until(() -> !fails.isAlive() && !waits.isAlive());
                assertThat(fails.exitCode()).as(fails.err()).isZero();
                assertThat(waits.exitCode()).as(waits.err()).isZero();
                assertThat(waits.err()).doesNotContain("tries again");
            }
            Set<String> there = new HashSet<>();
            new KafkaTopic(first.plain(), "topic-i").forEach(message -> there.add(id(message.value())));
            assertThat(there).isEqualTo(written("i", 2_000).keySet());
            // an outage within its time-out doubles nothing
            List<String> once = new ArrayList<>();
            new KafkaTopic(first.plain(), "topic-j").forEach(message -> once.add(id(message.value())));
            assertThat(once)
                    .containsExactlyInAnyOrderElementsOf(written("j", 2_000).keySet());
        }
    }

    @Test
    void whatIsTooLargeGoesToTheDeadLettersAloneAndNothingOvertakesTheOthers() throws Exception {
        try (DaemonProcess daemon =
                daemon("e", "kafka,file", "rate=0,records=500", AMPLE, "camel.component.kafka.maxRequestSize=480")) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertThat(daemon.err()).doesNotContain("tries again");
        }
        Set<String> dead = new HashSet<>();
        for (String mdt : MDTS) {
            dead.addAll(ids(Files.readAllLines(folder.resolve("e/dead/kafka/" + mdt + ".dead.jsonl"))));
        }
        Set<String> arrived = arrived("e");
        assertThat(dead).isNotEmpty().doesNotContainAnyElementsOf(arrived);
        assertThat(Stream.concat(dead.stream(), arrived.stream()))
                .containsExactlyInAnyOrderElementsOf(written("e", 500).keySet());
        assertNothingOvertookTheOthers("e");
    }

    /** Kafka refuses whole requests because of such a record. */
    @Test
    void whatHasNoKeyGoesToTheDeadLettersOfACompactedTopicAloneAndNothingOvertakesTheOthers() throws Exception {
        Set<String> marks = new HashSet<>();
        Set<String> others = new HashSet<>();
        Path input = folder.resolve("marks.bin");
        try (OutputStream out = Files.newOutputStream(input)) {
            for (ChangelogRecord record : zoo()) {
                byte[] bytes = record.toByteArray();
                boolean mark = record.index() % 10 == 0;
                if (mark) {
                    bytes[TYPE] = (byte) RecordType.MARK.number();
                }
                out.write(bytes);
                (mark ? marks : others).add(MDTS.get(0) + '/' + record.index());
            }
        }
        new KafkaOperator(broker).createCompactedTopic("topic-k");
        try (DaemonProcess daemon =
                daemon("k", "kafka", List.of("--input", input + "=" + MDTS.get(0)), AMPLE, "kafka.maxBatch=20")) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertThat(daemon.err()).doesNotContain("tries again");
        }
        List<String> dead = Files.readAllLines(folder.resolve("k/dead/kafka/" + MDTS.get(0) + ".dead.jsonl"));
        assertThat(ids(dead)).hasSizeGreaterThan(1).isEqualTo(marks);
        assertThat(dead).allMatch(line -> line.contains("key"));
        assertThat(arrived("k")).isEqualTo(others);
        assertNothingOvertookTheOthers("k");
    }

    private static List<ChangelogRecord> zoo() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("..", "captures", "zoo", "zoo-MDT0000.raw-f1e-as-lfs.bin"));
        RecordBlock block = RecordBlock.frame(MDTS.get(0), bytes);
        return ChangelogBatch.of(block, 0, block.count());
    }

    /** What was sent beside one that is refused may come again. */
    private void assertNothingOvertookTheOthers(String data) {
        Map<String, Set<Long>> last = new HashMap<>();
        for (ConsumerRecord<String, String> message : topic(data).messages()) {
            Long index = Long.valueOf(KafkaTopic.header(message, "index"));
            Set<Long> indexes = last.computeIfAbsent(
                    KafkaTopic.header(message, "mdt") + message.partition(), any -> new LinkedHashSet<>());
            indexes.remove(index);
            indexes.add(index);
        }
        assertThat(last.values())
                .allSatisfy(indexes -> assertThat(List.copyOf(indexes)).isSorted());
    }

    private DaemonProcess daemon(String data, String policies, String source, String... settings) {
        return daemon(data, policies, List.of("--source", "simulator:mdts=2," + source), settings);
    }

    private DaemonProcess daemon(String data, String policies, List<String> source, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("run", "--data", data, "--policies", policies));
        arguments.addAll(source);
        List<String> all = new ArrayList<>(List.of(
                "kafka.brokers=" + broker.plain(),
                "kafka.topic=topic-" + data,
                "kafka.timeout=3000",
                "kafka.maxBatch=200",
                "camel.component.lustre.redeliveryDelay=50ms",
                "camel.component.lustre.maxRedeliveryDelay=500ms",
                "camel.component.lustre.clearInterval=50ms"));
        all.addAll(List.of(settings));
        all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return DaemonProcess.start(folder, arguments.toArray(String[]::new));
    }

    private DaemonProcess overTls(String data, String policy, List<String> access, String... more) {
        List<String> settings = new ArrayList<>(access);
        settings.addAll(List.of(more));
        return daemon(data, policy, "rate=0,records=500", settings.toArray(String[]::new));
    }

    private KafkaTopic topic(String data) {
        return new KafkaTopic(broker.plain(), "topic-" + data);
    }

    private Set<String> arrived(String data) {
        Set<String> ids = new HashSet<>();
        topic(data).messages().forEach(message -> ids.add(id(message.value())));
        return ids;
    }

    private static void assertEachFidIsInOnePartitionAndEndsInOrder(List<ConsumerRecord<String, String>> messages)
            throws IOException {
        Map<String, Integer> partitions = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        for (ConsumerRecord<String, String> message : messages) {
            if (message.key() != null) {
                long index = Long.parseLong(KafkaTopic.header(message, "index"));
                String key = KafkaTopic.header(message, "mdt") + message.key();
                assertThat(partitions.computeIfAbsent(message.key(), any -> message.partition()))
                        .isEqualTo(message.partition());
                newest.merge(key, index, Math::max);
                last.put(key, index);
            }
        }
        assertThat(last).isEqualTo(newest).hasSizeGreaterThan(100);
    }

    /** As docs/policies/kafka.md says it. */
    private static String subject(JsonNode json) {
        String field = json.hasNonNull("source") ? "source" : "target";
        return json.hasNonNull(field) ? json.path(field).asText() : null;
    }

    private Map<String, String> written(String data, int perMdt) throws IOException {
        Map<String, String> records = new HashMap<>();
        for (String mdt : MDTS) {
            Files.readAllLines(folder.resolve(data + "/out/" + mdt + ".jsonl"))
                    .forEach(line -> records.put(id(line), line));
        }
        assertThat(records).hasSize(MDTS.size() * perMdt);
        return records;
    }

    private static Set<String> ids(List<String> lines) {
        Set<String> ids = new HashSet<>();
        lines.forEach(line -> ids.add(id(line)));
        return ids;
    }

    private static String id(String line) {
        assertThat(line).startsWith("{\"id\":\"").endsWith("}");
        return line.substring(7, line.indexOf('"', 7));
    }

    private long cleared(String data, String mdt) throws IOException {
        Path log = folder.resolve(data + "/simulator").resolve(mdt + ".json");
        return Files.exists(log)
                ? new ObjectMapper()
                        .readTree(log.toFile())
                        .path("marks")
                        .path("cl1")
                        .asLong()
                : 0;
    }
}

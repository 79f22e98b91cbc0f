// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.tests.elastic.Certificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Many simulated records and all captures into real brokers, by the packed daemon as users start it: is exactly that in the topic
 * which was cleared, and what does it cost with three brokers, a copy in each, and passwords over TLS everywhere? Beside it a bare producer that sends the same
 * messages to the same brokers. Stops with 1 at the first difference.
 */
public final class KafkaRun {
    private static final List<String> MDTS = IntStream.range(0, 16)
            .mapToObj(mdt -> String.format("lustre-MDT%04x", mdt))
            .toList();
    private static final String ENDLESS = "--source=simulator:seed=1,rate=0,mdts=" + MDTS.size();
    private static final int BROKERS = 3;
    private static final String USER = "lustre";
    private static final String PASSWORD = "right";
    /** As many as the daemon has in a batch: whole reads of the simulator, which are of 1,024, within kafka.maxBatch. */
    private static final int BATCH = 3_072;

    private static final int PAUSE_MILLIS = 250;
    /** Of what is sent without end only the last is kept; what is compared is less. */
    private static final String[] RETENTION = {
        "log.retention.bytes=150000000", "log.segment.bytes=50000000", "log.retention.check.interval.ms=5000"
    };

    private final Path home;
    private final Path folder;
    private final Duration time;
    private final KafkaBroker broker;
    private final List<KafkaBroker> brokers = new ArrayList<>();

    private KafkaRun(Path home, Path folder, Duration time) throws Exception {
        this.home = home;
        this.folder = folder;
        this.time = time;
        this.broker = KafkaBroker.start(folder, new Certificates(folder), RETENTION);
        brokers.add(broker);
        for (int id = 2; id <= BROKERS; id++) {
            brokers.add(broker.startAnother(id, Files.createDirectories(folder.resolve("broker-" + id)), RETENTION));
        }
    }

    /** Arguments: the project, an empty folder, records in all, seconds for which each client is measured. */
    public static void main(String[] arguments) throws Exception {
        KafkaRun run = new KafkaRun(
                Path.of(arguments[0]),
                Path.of(arguments[1]).toAbsolutePath(),
                Duration.ofSeconds(Long.parseLong(arguments[3])));
        try {
            run.simulated(Long.parseLong(arguments[2]) / MDTS.size());
            run.captures();
        } finally {
            run.brokers.forEach(KafkaBroker::close);
        }
    }

    private void simulated(long perMdt) throws Exception {
        List<String> source = List.of(ENDLESS + ",records=" + perMdt);
        daemon("simulated", "kafka", source);
        List<ConsumerRecord<String, String>> messages = topic("simulated").messages();
        assertCleared(messages, perMdt);
        daemon("file", "file", source);
        assertAsWritten(messages, "file");
        // for the brokers' sake
        bare("warm-up", messages);
        measure("alone", messages);
        Process neighbour = neighbour();
        try {
            measure("shared", messages);
        } finally {
            neighbour.destroyForcibly();
        }
    }

    /** @param processor how the brokers have it */
    private void measure(String processor, List<ConsumerRecord<String, String>> messages) throws Exception {
        String daemon = processor + "-daemon";
        new KafkaOperator(broker).createTopicOf(BROKERS, daemon);
        tell(
                daemon,
                MeasuredProgram.measure(
                        command(daemon, "kafka", List.of(ENDLESS)),
                        time,
                        () -> MeasuredProgram.cleared(folder.resolve(daemon)),
                        this::brokersCpu));
        String bare = processor + "-bare";
        tell(bare, bare(bare, messages));
    }

    /** Takes most of the brokers' processor. */
    private static Process neighbour() throws IOException {
        return new ProcessBuilder(
                        "taskset", "-c", System.getProperty("server.processors"), "python3", "sinks/neighbour.py")
                .inheritIO()
                .start();
    }

    private void captures() throws Exception {
        List<String> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home.resolve("captures"))) {
            for (Path file : files.filter(path -> path.toString().contains(".bin"))
                    .sorted()
                    .toList()) {
                inputs.add("--input=" + file + "=" + String.format("fs-MDT%04x", inputs.size()));
            }
        }
        daemon("captures", "kafka,file", inputs);
        assertAsWritten(topic("captures").messages(), "captures");
    }

    private static void tell(String what, SteadyCost cost) {
        write(String.format("%-12s %s", what, cost.perMillion(1)));
    }

    private void daemon(String name, String policies, List<String> arguments) throws Exception {
        Process process = command(name, policies, arguments).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    "the daemon ended with " + process.exitValue() + ":\n" + Files.readString(log(name)));
        }
    }

    private ProcessBuilder command(String name, String policies, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("camel-lustre").toString(),
                "run",
                "--policies=" + policies,
                "--data=" + folder.resolve(name),
                "--set=kafka.topic=" + name));
        broker.login(USER, PASSWORD).forEach(setting -> command.add("--set=" + setting));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    /** Sends the messages of a topic to another one, again and again: those of each MDT so many at a time, as the daemon does. */
    private SteadyCost bare(String topic, List<ConsumerRecord<String, String>> messages) throws Exception {
        // in the order of the MDT, not of the partitions from which they were read: a batch is for all of them
        Map<String, List<ConsumerRecord<String, String>>> byMdt = messages.stream()
                .sorted(Comparator.comparingLong(message -> Long.parseLong(KafkaTopic.header(message, "index"))))
                .collect(Collectors.groupingBy(message -> KafkaTopic.header(message, "mdt")));
        new KafkaOperator(broker).createTopicOf(BROKERS, topic);
        AtomicLong confirmed = new AtomicLong();
        Duration before = ownCpu();
        SteadyCost cost = new SteadyCost(confirmed::get, () -> ownCpu().minus(before), this::brokersCpu);
        long end = System.nanoTime() + time.toNanos();
        ExecutorService senders = Executors.newFixedThreadPool(byMdt.size());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(clientSettings(), new StringSerializer(), new StringSerializer())) {
            List<Future<?>> sending = new ArrayList<>();
            for (List<ConsumerRecord<String, String>> theirs : byMdt.values()) {
                sending.add(senders.submit(() -> {
                    for (int from = 0;
                            System.nanoTime() < end;
                            from = from + BATCH < theirs.size() ? from + BATCH : 0) {
                        send(producer, topic, theirs.subList(from, Math.min(theirs.size(), from + BATCH)), confirmed);
                    }
                    return null;
                }));
            }
            for (Future<?> one : sending) {
                while (!isDone(one)) {
                    cost.look();
                }
            }
        } finally {
            senders.shutdown();
        }
        return cost;
    }

    /** As policy kafka has them. */
    private Properties clientSettings() {
        Properties client = new Properties();
        // Camel's names of Kafka's settings are theirs in camel case
        for (String setting : broker.login(USER, PASSWORD)) {
            String[] parts = setting.split("=", 2);
            String name = parts[0].replace("camel.component.kafka.", "").replaceAll("([A-Z])", ".$1");
            client.put(name.equals("kafka.brokers") ? "bootstrap.servers" : name.toLowerCase(Locale.ROOT), parts[1]);
        }
        client.put("acks", "all");
        client.put("enable.idempotence", "true");
        client.put("compression.type", "lz4");
        client.put("linger.ms", "0");
        client.put("batch.size", "262144");
        client.put("max.in.flight.requests.per.connection", "1");
        return client;
    }

    private static void send(
            KafkaProducer<String, String> producer,
            String topic,
            List<ConsumerRecord<String, String>> messages,
            AtomicLong confirmed)
            throws InterruptedException {
        AtomicReference<Exception> refused = new AtomicReference<>();
        CountDownLatch answers = new CountDownLatch(messages.size());
        for (ConsumerRecord<String, String> message : messages) {
            producer.send(
                    new ProducerRecord<>(topic, null, message.key(), message.value(), message.headers()),
                    (metadata, problem) -> {
                        if (problem == null) {
                            confirmed.incrementAndGet();
                        } else {
                            refused.set(problem);
                        }
                        answers.countDown();
                    });
        }
        answers.await();
        if (refused.get() != null) {
            throw new IllegalStateException("not confirmed", refused.get());
        }
    }

    private static boolean isDone(Future<?> work) throws Exception {
        try {
            work.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Each index from 1 to the last that was cleared is there once, nothing else is. */
    private void assertCleared(List<ConsumerRecord<String, String>> messages, long perMdt) throws IOException {
        Map<String, BitSet> found = new HashMap<>();
        for (ConsumerRecord<String, String> message : messages) {
            BitSet indexes = found.computeIfAbsent(KafkaTopic.header(message, "mdt"), mdt -> new BitSet());
            int index = Integer.parseInt(KafkaTopic.header(message, "index"));
            if (indexes.get(index)) {
                throw new IllegalStateException(KafkaTopic.header(message, "mdt") + "/" + index + " is there twice");
            }
            indexes.set(index);
        }
        for (String mdt : MDTS) {
            long cleared = new ObjectMapper()
                    .readTree(folder.resolve("simulated/simulator")
                            .resolve(mdt + ".json")
                            .toFile())
                    .path("marks")
                    .path("cl1")
                    .asLong();
            BitSet indexes = found.getOrDefault(mdt, new BitSet());
            if (cleared != perMdt
                    || indexes.cardinality() != perMdt
                    || indexes.length() != perMdt + 1
                    || indexes.get(0)) {
                throw new IllegalStateException(
                        mdt + ": cleared " + cleared + ", in the topic " + indexes.cardinality());
            }
        }
        if (found.size() != MDTS.size()) {
            throw new IllegalStateException("MDTs in the topic: " + found.keySet());
        }
        write("(MDT, index) in the topic are those cleared, each once: " + messages.size());
    }

    /** The values are the lines that policy file wrote of the same records. */
    private void assertAsWritten(List<ConsumerRecord<String, String>> messages, String data) throws IOException {
        Map<String, String> values = new HashMap<>();
        messages.forEach(message -> values.put(
                KafkaTopic.header(message, "mdt") + '/' + KafkaTopic.header(message, "index"), message.value()));
        long written = 0;
        try (Stream<Path> files = Files.list(folder.resolve(data).resolve("out"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                try (BufferedReader lines = Files.newBufferedReader(file)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        if (!line.equals(values.get(line.substring(7, line.indexOf('"', 7))))) {
                            throw new IllegalStateException("not as in the topic: " + line);
                        }
                        written++;
                    }
                }
            }
        }
        if (written == 0 || written != messages.size()) {
            throw new IllegalStateException(written + " records, in the topic " + messages.size());
        }
        write(data + ": each message is what policy file wrote: " + written);
    }

    private KafkaTopic topic(String name) {
        return new KafkaTopic(broker.plain(), name);
    }

    private Duration brokersCpu() {
        return brokers.stream().map(KafkaBroker::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }
}

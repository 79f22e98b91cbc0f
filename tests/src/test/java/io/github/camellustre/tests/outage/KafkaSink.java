// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import io.github.camellustre.tests.SmallDisk;
import io.github.camellustre.tests.elastic.Certificates;
import io.github.camellustre.tests.sinks.KafkaBroker;
import io.github.camellustre.tests.sinks.KafkaOperator;
import io.github.camellustre.tests.sinks.KafkaTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A real Kafka broker. */
final class KafkaSink implements Sink {
    static final String TOPIC = "records";
    static final List<String> SETTINGS = List.of("kafka.topic=" + TOPIC, "kafka.timeout=10000");
    private static final int DISK = 256;
    /** Bytes a second, a small part of what is sent. */
    private static final double SLOW = 20_000;

    private final Path folder;
    private SmallDisk disk;
    private KafkaBroker broker;
    private KafkaOperator operator;

    KafkaSink(Path folder) {
        this.folder = folder;
    }

    @Override
    public String policy() {
        return "kafka";
    }

    @Override
    public Set<Outage> outages() {
        return EnumSet.complementOf(EnumSet.of(Outage.NEARLY_FULL, Outage.BUSY));
    }

    @Override
    public void start(Outage outage) throws Exception {
        Path own = Files.createDirectories(folder.resolve("broker"));
        Certificates certificates = new Certificates(own);
        if (outage == Outage.FULL) {
            disk = SmallDisk.mountExt4(folder.resolve("disk"), DISK);
            broker = KafkaBroker.start(own, certificates, "log.dirs=" + folder.resolve("disk/log"));
        } else {
            broker = KafkaBroker.start(own, certificates);
        }
        operator = new KafkaOperator(broker);
        operator.createTopic(TOPIC);
    }

    @Override
    public List<String> settings(Outage outage) {
        List<String> settings = new ArrayList<>(SETTINGS);
        switch (outage) {
            case EXPIRED, PASSWORD, UNAUTHORIZED -> settings.addAll(broker.login("lustre", "right"));
            default -> settings.add("kafka.brokers=" + broker.plain());
        }
        if (outage == Outage.REJECTING) {
            settings.add("camel.component.kafka.maxRequestSize=480");
        }
        return settings;
    }

    @Override
    public void kill() throws InterruptedException {
        broker.kill();
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        broker.start();
    }

    @Override
    public void freeze() throws IOException, InterruptedException {
        broker.freeze();
    }

    @Override
    public void thaw() throws IOException, InterruptedException {
        broker.thaw();
    }

    @Override
    public void begin(Outage outage) throws Exception {
        switch (outage) {
            case FULL -> disk.fill(0);
            case EXPIRED -> again(() -> broker.setExpired(true));
            case PASSWORD -> again(() -> broker.setUsers("nobody"));
            case UNAUTHORIZED -> operator.close(TOPIC);
            case THROTTLED -> operator.throttle(SLOW);
            default -> {}
        }
    }

    @Override
    public void end(Outage outage) throws Exception {
        switch (outage) {
            case FULL -> again(disk::free);
            case EXPIRED -> again(() -> broker.setExpired(false));
            case PASSWORD -> again(() -> broker.setUsers("lustre"));
            case UNAUTHORIZED -> operator.open(TOPIC);
            case THROTTLED -> operator.throttle(null);
            default -> {}
        }
    }

    private interface Change {
        void make() throws IOException, InterruptedException;
    }

    /** While the broker is down. */
    private void again(Change change) throws IOException, InterruptedException {
        broker.kill();
        change.make();
        broker.start();
    }

    @Override
    public Tally stored() {
        return stored(broker);
    }

    /** In its topic. */
    static Tally stored(KafkaBroker broker) {
        Tally stored = new Tally();
        new KafkaTopic(broker.plain(), TOPIC)
                .forEach(message ->
                        stored.add(KafkaTopic.header(message, "mdt") + '/' + KafkaTopic.header(message, "index")));
        return stored;
    }

    @Override
    public void close() throws IOException {
        if (broker != null) {
            broker.close();
        }
        if (disk != null) {
            disk.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import io.github.camellustre.tests.elastic.Certificates;
import io.github.camellustre.tests.sinks.KafkaBroker;
import io.github.camellustre.tests.sinks.KafkaOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Two Kafka brokers and a topic that takes only what both have. Trouble comes to the second, which leads partitions, but is no controller. */
final class KafkaClusterSink implements Sink {
    private final Path folder;
    private KafkaBroker first;
    private KafkaBroker second;

    KafkaClusterSink(Path folder) {
        this.folder = folder;
    }

    @Override
    public String policy() {
        return "kafka";
    }

    @Override
    public Set<Outage> outages() {
        return EnumSet.of(Outage.KILLED, Outage.FROZEN, Outage.SLOW);
    }

    @Override
    public void start(Outage outage) throws Exception {
        Path one = Files.createDirectories(folder.resolve("first"));
        first = KafkaBroker.start(one, new Certificates(one));
        second = first.startAnother(2, Files.createDirectories(folder.resolve("second")));
        new KafkaOperator(first).createTopicOf(2, KafkaSink.TOPIC);
    }

    @Override
    public List<String> settings(Outage outage) {
        List<String> settings = new ArrayList<>(KafkaSink.SETTINGS);
        settings.add("kafka.brokers=" + first.plain() + "," + second.plain());
        return settings;
    }

    @Override
    public void kill() throws InterruptedException {
        second.kill();
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        second.start();
    }

    @Override
    public void freeze() throws IOException, InterruptedException {
        second.freeze();
    }

    @Override
    public void thaw() throws IOException, InterruptedException {
        second.thaw();
    }

    @Override
    public void begin(Outage outage) {
        throw new IllegalArgumentException(outage.toString());
    }

    @Override
    public void end(Outage outage) {
        throw new IllegalArgumentException(outage.toString());
    }

    @Override
    public Tally stored() {
        return KafkaSink.stored(first);
    }

    @Override
    public void close() {
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic of a broker, and the group {@code lustre} that reads it. */
public final class KafkaTopic {
    private static final Duration TURN = Duration.ofMillis(200);

    private final String broker;
    private final String name;

    public KafkaTopic(String broker, String name) {
        this.broker = broker;
        this.name = name;
    }

    /** All messages that are there, those of a partition in their order. */
    public List<ConsumerRecord<String, String>> messages() {
        List<ConsumerRecord<String, String>> messages = new ArrayList<>();
        forEach(messages::add);
        return messages;
    }

    /** The same, one by one. */
    public void forEach(Consumer<ConsumerRecord<String, String>> visitor) {
        try (KafkaConsumer<String, String> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(TURN).forEach(visitor);
            }
        }
    }

    /** How many messages the group has committed. */
    public long committed() {
        return offsets().values().stream().mapToLong(Long::longValue).sum();
    }

    /** The messages that the group has committed. */
    public List<ConsumerRecord<String, String>> committedMessages() {
        Map<Integer, Long> offsets = offsets();
        return messages().stream()
                .filter(message -> message.offset() < offsets.get(message.partition()))
                .toList();
    }

    /** By partition: up to where the group has committed. */
    private Map<Integer, Long> offsets() {
        Map<Integer, Long> offsets = new HashMap<>();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            consumer.committed(new HashSet<>(partitions(consumer)))
                    .forEach((partition, offset) ->
                            offsets.put(partition.partition(), offset == null ? 0 : offset.offset()));
        }
        return offsets;
    }

    /** Of a message, as text. */
    public static String header(ConsumerRecord<?, ?> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private List<TopicPartition> partitions(KafkaConsumer<String, String> consumer) {
        return consumer.partitionsFor(name).stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .toList();
    }

    private KafkaConsumer<String, String> consumer() {
        Properties client = new Properties();
        client.put("bootstrap.servers", broker);
        client.put("group.id", "lustre");
        client.put("enable.auto.commit", "false");
        return new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
    List<ConsumerRecord<String, String>> messages() {
        List<ConsumerRecord<String, String>> messages = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(TURN).forEach(messages::add);
            }
        }
        return messages;
    }

    /** Messages that the group has committed. */
    public long committed() {
        try (KafkaConsumer<String, String> consumer = consumer()) {
            return consumer.committed(new HashSet<>(partitions(consumer))).values().stream()
                    .mapToLong(offset -> offset == null ? 0 : offset.offset())
                    .sum();
        }
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

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogBatch;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PatientProducerTest {

    /** A route without the step that makes messages would else have a whole batch as one message, or be told of classes. */
    @Test
    @SuppressWarnings("unchecked")
    void recordsAreNoMessages() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", "localhost:9");
        settings.put("key.serializer", ByteArraySerializer.class.getName());
        settings.put("value.serializer", MessageBytesSerializer.class.getName());
        Producer<Object, Object> producer = (Producer<Object, Object>) PatientProducer.of(settings);
        ChangelogBatch records = ChangelogBatch.of(List.of());
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>("changes", records)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Let KafkaMessages make them in a step before");
        producer.close(Duration.ZERO);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.time.Duration;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients that ask again while Kafka refuses a password, a certificate or, of consumers, a right. Camel would end the thread of such a
 * consumer, and the daemon would live on without it; of producers see {@link PatientProducer}. They send a {@link KafkaBatch} as messages:
 * Camel would make one of its own of each first, which costs as much as the JSON.
 */
public final class PatientKafkaClients extends DefaultKafkaClientFactory {
    private static final Logger LOG = LoggerFactory.getLogger(PatientKafkaClients.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @Override
    public Producer<?, ?> getProducer(Properties settings) {
        return PatientProducer.of(settings);
    }

    @Override
    public Consumer<Object, Object> getConsumer(Properties settings) {
        return new PatientConsumer(settings);
    }

    private static final class PatientConsumer extends KafkaConsumer<Object, Object> {

        PatientConsumer(Properties settings) {
            super(settings);
        }

        @Override
        public ConsumerRecords<Object, Object> poll(Duration timeout) {
            try {
                return super.poll(timeout);
            } catch (AuthenticationException | AuthorizationException e) {
                LOG.error(
                        "Kafka refuses the group {}, nothing is read: {}; correct its user, password, certificate or"
                                + " rights on the brokers (asks again every {} s), or its settings here, and start again",
                        groupMetadata().groupId(),
                        e.toString(),
                        PAUSE.toSeconds());
                return nothingAfterPause();
            }
        }

        private static ConsumerRecords<Object, Object> nothingAfterPause() {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
            return ConsumerRecords.empty();
        }
    }
}

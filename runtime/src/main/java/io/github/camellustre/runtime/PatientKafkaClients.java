// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.component.lustre.format.RecordForm;
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
 * consumer, and the daemon would live on without it; of producers see {@link PatientProducer}. They make a message of each record of a body:
 * Camel would make one of its own of each first, which costs as much as the JSON.
 */
public final class PatientKafkaClients extends DefaultKafkaClientFactory {
    private static final Logger LOG = LoggerFactory.getLogger(PatientKafkaClients.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private RecordForm form = RecordForm.lines;
    private KafkaKey key = KafkaKey.fid;

    @Override
    public Producer<?, ?> getProducer(Properties settings) {
        return PatientProducer.of(settings, new KafkaMessages(form, key));
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

    public RecordForm getForm() {
        return form;
    }

    /** Of a record as a message: {@code lines} (the default), {@code text} or {@code raw}; without a newline behind it. */
    public void setForm(RecordForm form) {
        this.form = form;
    }

    public KafkaKey getKey() {
        return key;
    }

    /** Of a message: {@code fid} (the default) or {@code parent}. */
    public void setKey(KafkaKey key) {
        this.key = key;
    }
}

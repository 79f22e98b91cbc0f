// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * A producer that is made anew for the next message after Kafka has refused its password or certificate. An idempotent producer whose
 * first connection is refused never asks for its id again, and a new one reads key and trust stores again. A message whose value is a
 * {@link KafkaBatch} is sent as its messages. Any thread.
 */
final class PatientProducer implements InvocationHandler {
    private final Properties settings;
    private Producer<Object, Object> producer;
    private boolean refused;

    private PatientProducer(Properties settings) {
        this.settings = settings;
        this.producer = new KafkaProducer<>(settings);
    }

    static Producer<?, ?> of(Properties settings) {
        return (Producer<?, ?>) Proxy.newProxyInstance(
                PatientProducer.class.getClassLoader(), new Class<?>[] {Producer.class}, new PatientProducer(settings));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("send")) {
            return send(arguments);
        }
        try {
            return method.invoke(producer(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private Future<RecordMetadata> send(Object[] arguments) throws InterruptedException {
        ProducerRecord<Object, Object> message = (ProducerRecord<Object, Object>) arguments[0];
        if (KafkaMessages.isRecords(message.value())) {
            throw new IllegalArgumentException("Topic " + message.topic()
                    + ": these are records, and Kafka wants messages. Let KafkaMessages make them in a step before, as"
                    + " routes/kafka.camel.yaml does");
        }
        Callback callback = arguments.length == 1 ? null : (Callback) arguments[1];
        Producer<Object, Object> asked = accepted();
        Future<RecordMetadata> sent = message.value() instanceof KafkaBatch batch
                ? batch.send(asked, message.topic(), callback)
                : asked.send(message, callback);
        if (isRefused(sent)) {
            refused(asked);
        }
        return sent;
    }

    /** What is refused is so before it is on its way: its future is done at once. */
    private static boolean isRefused(Future<?> sent) throws InterruptedException {
        if (!sent.isDone()) {
            return false;
        }
        try {
            sent.get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof AuthenticationException;
        }
    }

    private synchronized Producer<Object, Object> producer() {
        return producer;
    }

    private synchronized void refused(Producer<Object, Object> asked) {
        refused |= asked == producer;
    }

    private synchronized Producer<Object, Object> accepted() {
        if (refused) {
            // At once: what it has not sent fails, and comes again as a whole batch, in order.
            producer.close(Duration.ZERO);
            producer = new KafkaProducer<>(settings);
            refused = false;
        }
        return producer;
    }
}

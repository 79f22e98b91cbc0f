// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Messages that are sent together, and answered once. */
public final class KafkaBatch {
    private final List<Message> messages;
    private String lastMdt;
    private byte[] lastMdtBytes;

    KafkaBatch(int size) {
        messages = new ArrayList<>(size);
    }

    private static final class Message {
        final byte[] mdt;
        final byte[] index;
        final byte[] key;
        final byte[] value;

        Message(byte[] mdt, byte[] index, byte[] key, byte[] value) {
            this.mdt = mdt;
            this.index = index;
            this.key = key;
            this.value = value;
        }
    }

    /** @param key null if there is none */
    void add(String mdt, long index, byte[] key, byte[] value) {
        if (!mdt.equals(lastMdt)) {
            lastMdt = mdt;
            lastMdtBytes = mdt.getBytes(StandardCharsets.UTF_8);
        }
        byte[] number = Long.toUnsignedString(index).getBytes(StandardCharsets.ISO_8859_1);
        messages.add(new Message(lastMdtBytes, number, key, value));
    }

    /**
     * Sends them in order, and no more of them as soon as one has failed: each would wait its whole time-out, and the batch comes again anyway.
     *
     * @param answered called once, when all that were sent are answered, with the first failure if there was one; null for nobody
     * @return done by then, in the same way
     */
    Future<RecordMetadata> send(Producer<Object, Object> producer, String topic, Callback answered) {
        BatchAnswers answers = new BatchAnswers(messages.size(), answered);
        int sent = 0;
        while (sent < messages.size() && !answers.hasFailed()) {
            Message message = messages.get(sent);
            ProducerRecord<Object, Object> record = new ProducerRecord<>(topic, message.key, message.value);
            record.headers().add("mdt", message.mdt).add("index", message.index);
            producer.send(record, answers);
            sent++;
        }
        answers.noMore(messages.size() - sent);
        return answers;
    }
}

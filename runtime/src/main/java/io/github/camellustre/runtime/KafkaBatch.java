// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Messages that are sent together, and answered once. They wait for their turn as few large arrays, not as an object each. */
public final class KafkaBatch {
    /** Of a record's JSON and its key, about. */
    private static final int USUAL_BYTES = 512;

    private static final int NO_KEY = -1;

    private final byte[][] mdts;
    private final long[] indexes;
    private final int[] keySizes;
    private final int[] valueSizes;
    private final PackedBytes bytes;
    private int size;
    private String lastMdt;
    private byte[] lastMdtBytes;

    /** @param most messages */
    KafkaBatch(int most) {
        mdts = new byte[most][];
        indexes = new long[most];
        keySizes = new int[most];
        valueSizes = new int[most];
        bytes = new PackedBytes(most * USUAL_BYTES);
    }

    /** @param key null if there is none */
    void add(String mdt, long index, byte[] key, byte[] value) {
        if (!mdt.equals(lastMdt)) {
            lastMdt = mdt;
            lastMdtBytes = mdt.getBytes(StandardCharsets.UTF_8);
        }
        mdts[size] = lastMdtBytes;
        indexes[size] = index;
        keySizes[size] = key == null ? NO_KEY : key.length;
        valueSizes[size] = value.length;
        if (key != null) {
            bytes.add(key);
        }
        bytes.add(value);
        size++;
    }

    /**
     * Sends them in order, and no more of them as soon as one has failed: each would wait its whole time-out, and the batch comes again anyway.
     *
     * @param answered called once, when all that were sent are answered, with the first failure if there was one; null for nobody
     * @return done by then, in the same way
     */
    Future<RecordMetadata> send(Producer<Object, Object> producer, String topic, Callback answered) {
        BatchAnswers answers = new BatchAnswers(size, answered);
        PackedBytes.Reader reader = bytes.reader();
        int sent = 0;
        while (sent < size && !answers.hasFailed()) {
            byte[] key = keySizes[sent] == NO_KEY ? null : reader.next(keySizes[sent]);
            ProducerRecord<Object, Object> record = new ProducerRecord<>(topic, key, reader.next(valueSizes[sent]));
            byte[] index = Long.toUnsignedString(indexes[sent]).getBytes(StandardCharsets.ISO_8859_1);
            record.headers().add("mdt", mdts[sent]).add("index", index);
            producer.send(record, answers);
            sent++;
        }
        answers.noMore(size - sent);
        return answers;
    }
}

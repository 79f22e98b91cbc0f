// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.ChangelogRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Messages that are sent together, and answered once. They wait for their turn as few large arrays, not as objects for each. */
public final class KafkaBatch {
    /** Of a record's JSON and its key, about. */
    private static final int USUAL_BYTES = 512;

    private static final int NO_KEY = -1;

    private final List<ChangelogRecord> records;
    private final byte[][] mdts;
    private final long[] indexes;
    private final int[] keySizes;
    private final int[] valueSizes;
    private final PackedBytes bytes;
    private int size;
    private String lastMdt;
    private byte[] lastMdtBytes;

    /** Messages of which it is known that Kafka refuses them for what is in them, by position. */
    private final Map<Integer, Throwable> refused = new ConcurrentSkipListMap<>();

    private volatile boolean sifts;
    private volatile boolean open = true;

    /** @param records of which each is to be added */
    KafkaBatch(List<ChangelogRecord> records) {
        this.records = records;
        int most = records.size();
        mdts = new byte[most][];
        indexes = new long[most];
        keySizes = new int[most];
        valueSizes = new int[most];
        bytes = new PackedBytes((long) most * USUAL_BYTES);
    }

    /** @param key null if there is none */
    void add(ChangelogRecord record, byte[] key, byte[] value) {
        if (!record.mdt().equals(lastMdt)) {
            lastMdt = record.mdt();
            lastMdtBytes = lastMdt.getBytes(StandardCharsets.UTF_8);
        }
        mdts[size] = lastMdtBytes;
        indexes[size] = record.index();
        keySizes[size] = key == null ? NO_KEY : key.length;
        valueSizes[size] = value.length;
        if (key != null) {
            bytes.add(key);
        }
        bytes.add(value);
        size++;
    }

    /**
     * From now on messages that Kafka refuses for what is in them are noted and not sent again, and fail no other. Whoever asks for that sends the batch
     * for as long as it is open, and does something about {@link #refusals}.
     */
    void sift() {
        sifts = true;
    }

    /** Whether Kafka has yet to take one of those that it does not refuse. */
    public boolean isOpen() {
        return open;
    }

    /** What is refused for good, in order. */
    public List<KafkaRefusal> refusals() {
        return refused.entrySet().stream()
                .map(entry -> new KafkaRefusal(
                        records.get(entry.getKey()),
                        String.valueOf(entry.getValue().getMessage())))
                .toList();
    }

    /**
     * Sends them in order, and no more of them as soon as one has failed that is not refused for what is in it: each would wait its whole time-out,
     * and the batch comes again anyway.
     *
     * @param answered called once, when all that were sent are answered, with the first refusal or failure if there was one; null for nobody
     * @return done by then, in the same way
     */
    Future<RecordMetadata> send(Producer<Object, Object> producer, String topic, Callback answered)
            throws InterruptedException {
        boolean sifting = sifts;
        int known = refused.size();
        BatchAnswers answers = new BatchAnswers(size, all -> verdict(all, known, sifting), answered);
        PackedBytes.Reader reader = bytes.reader();
        int passed = 0;
        while (passed < size && answers.failure() == null) {
            byte[] key = keySizes[passed] == NO_KEY ? null : reader.next(keySizes[passed]);
            byte[] value = reader.next(valueSizes[passed]);
            if (sifting && refused.containsKey(passed)) {
                answers.onCompletion(null, null);
            } else {
                ProducerRecord<Object, Object> message = new ProducerRecord<>(topic, key, value);
                byte[] index = Long.toUnsignedString(indexes[passed]).getBytes(StandardCharsets.ISO_8859_1);
                message.headers().add("mdt", mdts[passed]).add("index", index);
                note(passed, producer.send(message, sifting ? noting(passed, answers) : answers));
            }
            passed++;
        }
        answers.noMore(size - passed);
        return answers;
    }

    /** Kafka's client refuses at once what is too large for it. */
    private void note(int message, Future<RecordMetadata> sent) throws InterruptedException {
        if (sent.isDone()) {
            try {
                sent.get();
            } catch (ExecutionException e) {
                note(message, e.getCause());
            }
        }
    }

    private void note(int message, Throwable problem) {
        if (BatchAnswers.isRefusal(problem)) {
            refused.put(message, problem);
        }
    }

    /** Which message a broker refuses is known only of one that has a callback of its own. */
    private Callback noting(int message, Callback answers) {
        return (metadata, problem) -> {
            note(message, problem);
            answers.onCompletion(metadata, problem);
        };
    }

    /** What failed beside one that is refused may have failed because of it: the refusal tells that it is worth another try. */
    private Exception verdict(BatchAnswers answers, int known, boolean sifting) {
        open = answers.failure() != null || refused.size() - known < answers.refusals();
        if (answers.refusal() == null) {
            return answers.failure();
        }
        return sifting && !open ? null : answers.refusal();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class KafkaBatchTest {
    private final List<Exception> answers = new ArrayList<>();
    private final Callback answered = (metadata, problem) -> answers.add(problem);
    private final Pending producer = new Pending();

    @Test
    void theLastConfirmedMessageConfirmsTheBatch() throws Exception {
        Future<RecordMetadata> all = batch(3).send(producer, "changes", answered);
        assertThat(producer.history()).hasSize(3);
        producer.completeNext();
        producer.completeNext();
        assertThat(answers).isEmpty();
        assertThat(all).isNotDone();
        producer.completeNext();
        assertThat(answers).hasSize(1).containsOnlyNulls();
        assertThat(all.get()).isNotNull();
    }

    /** Which record is to blame tells the first; Kafka may fail others because of it. */
    @Test
    void theFirstFailureIsTheBatchsWhenAllAreAnswered() {
        Future<RecordMetadata> all = batch(3).send(producer, "changes", answered);
        TimeoutException first = new TimeoutException("the first");
        producer.errorNext(first);
        producer.errorNext(new TimeoutException("the second"));
        assertThat(answers).isEmpty();
        producer.completeNext();
        assertThat(answers).containsExactly(first);
        assertThatThrownBy(all::get).cause().isSameAs(first);
    }

    @Test
    void noneIsSentBehindOneThatFailed() {
        RecordTooLargeException tooLarge = new RecordTooLargeException();
        producer.refuse(1, tooLarge);
        batch(3).send(producer, "changes", answered);
        assertThat(producer.history()).hasSize(1);
        assertThat(answers).isEmpty();
        producer.completeNext();
        assertThat(answers).containsExactly(tooLarge);
    }

    @Test
    void nothingIsConfirmedAtOnce() {
        assertThat(batch(0).send(producer, "changes", answered)).isDone();
        assertThat(answers).hasSize(1).containsOnlyNulls();
    }

    private static KafkaBatch batch(int size) {
        KafkaBatch batch = new KafkaBatch(size);
        for (int index = 1; index <= size; index++) {
            batch.add("fs-MDT0000", index, null, new byte[] {1});
        }
        return batch;
    }

    /** Kafka's own double, that answers when told to, and can refuse one message at once as Kafka's producer does. */
    private static final class Pending extends MockProducer<Object, Object> {
        private int refused = -1;
        private Exception reason;

        Pending() {
            super(false, null, (topic, key) -> (byte[]) key, (topic, value) -> (byte[]) value);
        }

        void refuse(int position, Exception why) {
            refused = position;
            reason = why;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<Object, Object> message, Callback callback) {
            if (history().size() == refused) {
                refused = -1;
                callback.onCompletion(null, reason);
                return CompletableFuture.failedFuture(reason);
            }
            return super.send(message, callback);
        }
    }
}

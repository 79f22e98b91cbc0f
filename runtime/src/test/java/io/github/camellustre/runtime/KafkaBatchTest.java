// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaBatchTest {
    private final List<Exception> answers = new ArrayList<>();
    private final Callback answered = (metadata, problem) -> answers.add(problem);
    private final Pending producer = new Pending();
    private final RecordTooLargeException tooLarge = new RecordTooLargeException("too large");
    /** Their indexes begin with 1. */
    private List<ChangelogRecord> records;

    @BeforeEach
    void read() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("..", "captures", "zoo", "zoo-MDT0000.raw-f1e-as-lfs.bin"));
        RecordBlock block = RecordBlock.frame("fs-MDT0000", bytes);
        records = ChangelogBatch.of(block, 0, block.count());
    }

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
    void theFirstFailureIsTheBatchsWhenAllAreAnswered() throws Exception {
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
    void noneIsSentBehindOneThatFailed() throws Exception {
        AuthenticationException refused = new AuthenticationException("wrong password");
        producer.refuse(1, refused);
        batch(3).send(producer, "changes", answered);
        assertThat(producer.history()).hasSize(1);
        assertThat(answers).isEmpty();
        producer.completeNext();
        assertThat(answers).containsExactly(refused);
    }

    /** Kafka's client does it at once. All is sent then, and yet the batch fails: nobody may take what is refused for delivered. */
    @Test
    void whatIsRefusedForItselfFailsTheBatchBehindTheOthers() throws Exception {
        KafkaBatch batch = batch(3);
        for (int time = 1; time <= 2; time++) {
            answers.clear();
            producer.clear();
            producer.refuse(1, tooLarge);
            batch.send(producer, "changes", answered);
            assertThat(indexes()).containsExactly("1", "3");
            producer.completeNext();
            producer.completeNext();
            assertThat(answers).as("time " + time).containsExactly(tooLarge);
        }
        assertThat(batch.refusals()).hasSize(1);
    }

    @Test
    void whatKafkasClientRefusesIsKnownWithoutSifting() throws Exception {
        KafkaBatch batch = batch(2);
        producer.refuse(1, tooLarge);
        batch.send(producer, "changes", answered);
        assertThat(batch.isOpen()).isTrue();
        producer.completeNext();
        assertThat(batch.isOpen()).isFalse();
        assertThat(batch.refusals()).hasSize(1);
    }

    @Test
    void whatABrokerRefusesIsNot() throws Exception {
        KafkaBatch batch = batch(2);
        batch.send(producer, "changes", answered);
        producer.errorNext(new KafkaException("part of a batch"));
        producer.errorNext(tooLarge);
        assertThat(answers).as("the refusal, though another failed before").containsExactly(tooLarge);
        assertThat(batch.isOpen()).isTrue();
        assertThat(batch.refusals()).isEmpty();
    }

    @Test
    void siftingTellsWhatIsRefusedAndSendsTheOthers() throws Exception {
        KafkaBatch batch = sifting(3);
        producer.refuse(1, tooLarge);
        batch.send(producer, "changes", answered);
        assertThat(indexes()).containsExactly("1", "3");
        assertThat(batch.isOpen()).isTrue();
        producer.completeNext();
        producer.completeNext();
        assertThat(answers).containsOnlyNulls().hasSize(1);
        assertThat(batch.isOpen()).isFalse();
        assertThat(batch.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.record().index()).isEqualTo(2);
            assertThat(refusal.reason()).isEqualTo("too large");
        });
    }

    /** Kafka takes none of the messages among which one is not valid, and does not say of the others that they are. */
    @Test
    void whatFailedBesideOneThatIsRefusedIsSentAgainWithoutIt() throws Exception {
        KafkaBatch batch = sifting(3);
        InvalidRecordException invalid = new InvalidRecordException("no key");
        batch.send(producer, "changes", answered);
        producer.errorNext(new KafkaException("part of a batch"));
        producer.errorNext(invalid);
        producer.completeNext();
        assertThat(answers).containsExactly(invalid);
        assertThat(batch.isOpen()).isTrue();

        producer.clear();
        batch.send(producer, "changes", answered);
        assertThat(indexes()).as("all that is sent after it too, in order").containsExactly("1", "3");
        producer.completeNext();
        producer.completeNext();
        assertThat(answers).containsExactly(invalid, null);
        assertThat(batch.isOpen()).isFalse();
        assertThat(batch.refusals()).hasSize(1);
    }

    /** Or it would be sent for ever: the batch fails, and comes again. */
    @Test
    void aSiftingBatchFailsWhenNoMoreIsRefused() throws Exception {
        KafkaBatch batch = sifting(2);
        TimeoutException away = new TimeoutException("away");
        producer.refuse(0, tooLarge);
        batch.send(producer, "changes", answered);
        producer.errorNext(away);
        batch.send(producer, "changes", answered);
        producer.errorNext(away);
        assertThat(answers).hasSize(2).first().isSameAs(tooLarge);
        assertThat(answers).last().isSameAs(away);
        assertThat(batch.isOpen()).isTrue();
    }

    @Test
    void nothingIsConfirmedAtOnce() throws Exception {
        assertThat(batch(0).send(producer, "changes", answered)).isDone();
        assertThat(answers).hasSize(1).containsOnlyNulls();
    }

    private List<String> indexes() {
        return producer.history().stream()
                .map(message -> new String(message.headers().lastHeader("index").value(), StandardCharsets.UTF_8))
                .toList();
    }

    private KafkaBatch sifting(int size) {
        KafkaBatch batch = batch(size);
        batch.sift();
        return batch;
    }

    private KafkaBatch batch(int size) {
        KafkaBatch batch = new KafkaBatch(records.subList(0, size));
        records.subList(0, size).forEach(record -> batch.add(record, null, new byte[] {1}));
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

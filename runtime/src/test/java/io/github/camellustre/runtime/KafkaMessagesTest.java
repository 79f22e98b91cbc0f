// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.component.lustre.format.RecordForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaMessagesTest {
    private static final Serializer<Object> AS_IT_IS = (topic, bytes) -> (byte[]) bytes;

    private static final KafkaMessages JSON = new KafkaMessages();

    /** Where a record has its type. */
    private static final int TYPE = 4;

    private ChangelogBatch zoo;

    @BeforeEach
    void read() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("..", "captures", "zoo", "zoo-MDT0000.raw-f1e-as-lfs.bin"));
        RecordBlock block = RecordBlock.frame("fs-MDT0000", bytes);
        zoo = ChangelogBatch.of(block, 0, block.count());
    }

    @Test
    void eachRecordIsAMessageWithItsKeyAndPlace() throws InterruptedException {
        List<ProducerRecord<Object, Object>> sent = sent(raw(KafkaKey.fid), zoo);
        assertThat(sent).hasSize(zoo.size());
        for (int i = 0; i < sent.size(); i++) {
            ChangelogRecord record = zoo.get(i);
            assertThat(sent.get(i).topic()).isEqualTo("changes");
            assertThat(sent.get(i).value()).isEqualTo(record.toByteArray());
            assertThat(sent.get(i).headers())
                    .extracting(Header::key, header -> text(header.value()))
                    .containsExactly(tuple("mdt", "fs-MDT0000"), tuple("index", Long.toString(record.index())));
            assertThat(text(sent.get(i).key())).isEqualTo(subject(record));
        }
    }

    @Test
    void theKeyCanBeTheParent() throws InterruptedException {
        List<ProducerRecord<Object, Object>> sent = sent(raw(KafkaKey.parent), zoo);
        for (int i = 0; i < sent.size(); i++) {
            ChangelogRecord record = zoo.get(i);
            assertThat(text(sent.get(i).key()))
                    .isEqualTo(record.trustedParentFid().map(Fid::toString).orElse(subject(record)));
        }
    }

    @Test
    void aRecordAloneIsABatch() throws InterruptedException {
        assertThat(sent(JSON, zoo.get(0)))
                .singleElement()
                .satisfies(message -> assertThat(text(message.value()))
                        .startsWith("{\"id\":\"fs-MDT0000/1\"")
                        .endsWith("}"));
    }

    @Test
    void aMarkHasNoKey() throws InterruptedException {
        byte[] mark = zoo.get(0).toByteArray();
        mark[TYPE] = (byte) RecordType.MARK.number();
        assertThat(sent(JSON, ChangelogRecord.of("fs-MDT0000", mark)))
                .singleElement()
                .satisfies(message -> assertThat(message.key()).isNull());
    }

    private static KafkaMessages raw(KafkaKey key) {
        KafkaMessages messages = new KafkaMessages();
        messages.setForm(RecordForm.raw);
        messages.setKey(key);
        return messages;
    }

    private List<ProducerRecord<Object, Object>> sent(KafkaMessages messages, Object body) throws InterruptedException {
        MockProducer<Object, Object> producer = new MockProducer<>(true, null, AS_IT_IS, AS_IT_IS);
        messages.batch(body).send(producer, "changes", null);
        return producer.history();
    }

    private static String subject(ChangelogRecord record) {
        return record.subjects().isEmpty() ? null : record.subjects().get(0).toString();
    }

    private static String text(Object bytes) {
        return bytes == null ? null : new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}

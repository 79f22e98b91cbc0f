// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBody;
import io.github.camellustre.component.lustre.format.RecordBytes;
import io.github.camellustre.component.lustre.format.RecordForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes messages for Kafka of records: key, headers {@code mdt} and {@code index}, and the record as the value. A bean for a step in front of
 * {@code kafka:}, whose producer is one of {@link PatientKafkaClients}. Any thread.
 */
public final class KafkaMessages {
    private RecordForm form = RecordForm.lines;
    private KafkaKey key = KafkaKey.fid;

    /** Whether it is for {@link #batch}. */
    static boolean isRecords(Object value) {
        return value instanceof ChangelogRecord || value instanceof List;
    }

    /**
     * All are made before the first is sent: Kafka's client sends on what it has, and makes fewer and larger requests of what comes close
     * together.
     */
    public KafkaBatch batch(Object body) {
        List<ChangelogRecord> records = RecordBody.records(body);
        RecordBytes values = RecordBytes.in(form);
        KafkaBatch batch = new KafkaBatch(records);
        for (ChangelogRecord record : records) {
            batch.add(record, keyOf(record), value(record, values));
        }
        return batch;
    }

    /** For a batch of which Kafka has refused a message for what is in it: the next time the others go without such ones. */
    public KafkaBatch sift(KafkaBatch batch) {
        batch.sift();
        return batch;
    }

    private static byte[] value(ChangelogRecord record, RecordBytes values) {
        try {
            return values.of(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null if there is none. */
    private byte[] keyOf(ChangelogRecord record) {
        Fid fid = fidOf(record);
        if (fid == null) {
            return null;
        }
        byte[] text = new byte[Fid.TEXT_SIZE];
        return Arrays.copyOf(text, fid.writeText(text, 0));
    }

    private Fid fidOf(ChangelogRecord record) {
        if (key == KafkaKey.parent) {
            Optional<Fid> parent = record.trustedParentFid();
            if (parent.isPresent()) {
                return parent.get();
            }
        }
        List<Fid> subjects = record.subjects();
        return subjects.isEmpty() ? null : subjects.get(0);
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

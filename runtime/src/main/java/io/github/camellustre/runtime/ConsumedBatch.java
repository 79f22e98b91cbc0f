// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.common.TopicPartition;

/** What policy from-kafka does with the messages of one batch; called by the thread that has polled them. */
public final class ConsumedBatch {

    /**
     * The records that policy kafka has sent with {@code kafka.form=raw}.
     *
     * @throws IllegalArgumentException if a message is anything else
     */
    public ChangelogBatch records(List<Exchange> batch) {
        List<ChangelogRecord> records = new ArrayList<>(batch.size());
        for (Exchange exchange : batch) {
            Message message = exchange.getMessage();
            String mdt = message.getHeader("mdt", String.class);
            byte[] bytes = message.getBody(byte[].class);
            if (mdt == null || bytes == null) {
                throw noRecord(message, mdt == null ? "it has no header mdt" : "it is empty", null);
            }
            try {
                records.add(ChangelogRecord.of(mdt, bytes));
            } catch (RuntimeException e) {
                throw noRecord(message, e.getMessage(), e);
            }
        }
        return ChangelogBatch.of(records);
    }

    private static IllegalArgumentException noRecord(Message message, String why, Exception cause) {
        return new IllegalArgumentException(
                "the message in partition " + message.getHeader(KafkaConstants.PARTITION) + " of topic "
                        + message.getHeader(KafkaConstants.TOPIC) + " at offset "
                        + message.getHeader(KafkaConstants.OFFSET) + " is no record (" + why
                        + "): policy kafka must send to this topic with kafka.form=raw, and nobody else; to pass the"
                        + " message over, stop the group and set its offset with kafka-consumer-groups.sh",
                cause);
    }

    /** Commits the last one of each partition of each topic: Camel itself knows only that of the whole batch. */
    public void commit(List<Exchange> batch) {
        Map<TopicPartition, KafkaManualCommit> last = new LinkedHashMap<>();
        for (Exchange exchange : batch) {
            Message message = exchange.getMessage();
            last.put(
                    new TopicPartition(
                            message.getHeader(KafkaConstants.TOPIC, String.class),
                            message.getHeader(KafkaConstants.PARTITION, Integer.class)),
                    message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class));
        }
        last.values().forEach(KafkaManualCommit::commit);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ConsumedBatchTest {
    private final ConsumedBatch consumed = new ConsumedBatch();

    @Test
    void whatIsNoRecordIsNamedWithTheRemedy() {
        assertRefused(message("fs-MDT0000", "{\"id\":\"fs-MDT0000/4\"}"), "");
        assertRefused(message(null, "{}"), "it has no header mdt");
        assertRefused(message("fs-MDT0000", null), "it is empty");
    }

    @Test
    void theLastMessageOfEachPartitionOfEachTopicIsCommitted() {
        List<String> committed = new ArrayList<>();
        consumed.commit(List.of(
                committable("a", 0, 4, committed),
                committable("b", 0, 9, committed),
                committable("a", 1, 7, committed),
                committable("a", 0, 5, committed)));
        assertThat(committed).containsExactlyInAnyOrder("a-0 at 5", "b-0 at 9", "a-1 at 7");
    }

    private static Exchange committable(String topic, int partition, long offset, List<String> committed) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        KafkaManualCommit commit = () -> committed.add(topic + "-" + partition + " at " + offset);
        exchange.getMessage().setHeader(KafkaConstants.TOPIC, topic);
        exchange.getMessage().setHeader(KafkaConstants.PARTITION, partition);
        exchange.getMessage().setHeader(KafkaConstants.MANUAL_COMMIT, commit);
        return exchange;
    }

    private void assertRefused(Exchange message, String why) {
        assertThatThrownBy(() -> consumed.records(List.of(message)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "the message in partition 2 of topic changes at offset 77 is no record (" + why,
                        "kafka.form=raw",
                        "kafka-consumer-groups.sh");
    }

    private static Exchange message(String mdt, String value) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(KafkaConstants.TOPIC, "changes");
        exchange.getMessage().setHeader(KafkaConstants.PARTITION, 2);
        exchange.getMessage().setHeader(KafkaConstants.OFFSET, 77L);
        exchange.getMessage().setHeader("mdt", mdt == null ? null : mdt.getBytes(StandardCharsets.UTF_8));
        exchange.getMessage().setBody(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        return exchange;
    }
}

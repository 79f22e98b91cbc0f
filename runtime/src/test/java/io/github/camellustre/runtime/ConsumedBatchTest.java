// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
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

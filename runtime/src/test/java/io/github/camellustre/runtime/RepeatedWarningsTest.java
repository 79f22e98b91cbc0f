// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class RepeatedWarningsTest {
    private static final String SENDER = "org.apache.kafka.clients.producer.internals.Sender";
    private static final String REPLICAS =
            "[Producer clientId=producer-1] Got error produce response with correlation id"
                    + " %d on topic-partition records-%d, retrying (%d attempts left). Error: NOT_ENOUGH_REPLICAS";
    private static final String CONNECTION =
            "[Producer clientId=producer-1] Connection to node %d (/127.0.0.1:%d) could not be established.";

    private final RepeatedWarnings filter = new RepeatedWarnings();

    @Test
    void whatEachPartitionRepeatsIsToldOnceInTenSeconds() {
        assertThat(isTold(0, SENDER, REPLICAS.formatted(4084, 2, 2147483634))).isTrue();
        assertThat(isTold(1, SENDER, REPLICAS.formatted(4085, 0, 2147483634))).isFalse();
        assertThat(isTold(9_999, SENDER, REPLICAS.formatted(5001, 17, 7))).isFalse();
        assertThat(isTold(10_000, SENDER, REPLICAS.formatted(5002, 2, 6))).isTrue();
        assertThat(isTold(10_001, SENDER, REPLICAS.formatted(5003, 1, 5))).isFalse();
    }

    @Test
    void eachReasonTopicAndBrokerIsTold() {
        assertThat(isTold(0, SENDER, REPLICAS.formatted(1, 1, 1))).isTrue();
        assertThat(isTold(1, SENDER, REPLICAS.formatted(1, 1, 1).replace("NOT_ENOUGH_REPLICAS", "NETWORK_EXCEPTION")))
                .isTrue();
        assertThat(isTold(2, SENDER, REPLICAS.formatted(1, 1, 1).replace("records", "others")))
                .isTrue();
        assertThat(isTold(3, SENDER, CONNECTION.formatted(1, 9092))).isTrue();
        assertThat(isTold(4, SENDER, CONNECTION.formatted(2, 9093))).isTrue();
        assertThat(isTold(5, SENDER, CONNECTION.formatted(2, 9093))).isFalse();
    }

    @Test
    void whatOthersRepeatIsTold() {
        String failures = "io.github.camellustre.changelog.ack.Failures";
        assertThat(isTold(0, failures, "failed")).isTrue();
        assertThat(isTold(1, failures, "failed")).isTrue();
    }

    private boolean isTold(long time, String logger, String message) {
        LoggingEvent event = new LoggingEvent();
        event.setTimeStamp(time);
        event.setLoggerName(logger);
        event.setLevel(Level.WARN);
        event.setMessage(message);
        return filter.decide(event) == FilterReply.NEUTRAL;
    }
}

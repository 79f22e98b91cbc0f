// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.Stream;
import org.apache.camel.component.resilience4j.ResilienceConstants;
import org.apache.camel.model.Resilience4jConfigurationDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A circuit breaker must not turn a record that it did not let through into a success. */
class CircuitBreakerTest {

    private static String breaker(String configuration, String rest) {
        return "- circuitBreaker: {resilience4jConfiguration: {%s}, steps: [{process: {ref: sink}}]%s}"
                .formatted(configuration, rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minimumNumberOfCalls: 100",
                "minimumNumberOfCalls: 2, slidingWindowSize: 2, waitDurationInOpenState: 1, automaticTransitionFromOpenToHalfOpenEnabled: true",
                "ignoreException: [java.lang.IllegalStateException]",
                "recordException: [java.io.IOException]",
                "bulkheadEnabled: true, bulkheadMaxConcurrentCalls: 1",
                "timeoutEnabled: true, timeoutDuration: 20000"
            })
    void withoutFallback(String configuration) throws Exception {
        try (Testbed bed = new Testbed().route(breaker(configuration, ""))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void configurationOfAllCircuitBreakers() throws Exception {
        Resilience4jConfigurationDefinition defaults = new Resilience4jConfigurationDefinition();
        defaults.setIgnoreExceptions(
                Stream.of("java.lang.IllegalStateException").toList());
        try (Testbed bed = new Testbed()
                .bind(ResilienceConstants.DEFAULT_RESILIENCE_CONFIGURATION_ID, defaults)
                .route("- circuitBreaker: {steps: [{process: {ref: sink}}]}")) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void asABranch() throws Exception {
        try (Testbed bed = new Testbed().route("""
                - multicast:
                    steps:
                      - circuitBreaker:
                          resilience4jConfiguration: {ignoreException: [java.lang.IllegalStateException]}
                          steps: [{process: {ref: sink}}]
                      - process: {ref: other}
                """)) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void fallbackThatWorksAcknowledges() throws Exception {
        try (Testbed bed = new Testbed()
                .route(breaker("minimumNumberOfCalls: 2", ", onFallback: {steps: [{process: {ref: other}}]}"))) {
            bed.source.write(12);
            bed.sink.fail();
            bed.other.fail();
            bed.start();
            bed.awaitRedelivery();
            bed.other.take();
            bed.awaitAllCleared();
            assertThat(bed.other.taken()).containsAll(Testbed.indexes(1, 12));
        }
    }

    @Test
    void lateEndOfATimedOutCallChangesNothing() throws Exception {
        try (Testbed bed = new Testbed().route(breaker("timeoutEnabled: true, timeoutDuration: 20", ""))) {
            bed.source.write(1);
            bed.sink.hold();
            bed.start();
            await().until(() -> bed.consumer("r").failed() > 0);
            assertThat(bed.position()).isZero();
            bed.sink.take();
            bed.awaitAllCleared();
        }
    }
}

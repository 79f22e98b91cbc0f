// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one consumer does with its options. */
class ConsumerOptionsTest {
    private static final String SINK = "- process: {ref: sink}";

    private static Testbed with(Map<String, Object> options) {
        return new Testbed().route("r", options, SINK);
    }

    @Test
    void manualAcknowledgement() throws Exception {
        List<LustreAcknowledgement> handed = new CopyOnWriteArrayList<>();
        Processor keep = exchange ->
                handed.add(exchange.getIn().getHeader(LustreConstants.ACKNOWLEDGEMENT, LustreAcknowledgement.class));
        try (Testbed bed =
                new Testbed().bind("keep", keep).route("r", Map.of("ack", "manual"), "- process: {ref: keep}")) {
            bed.source.write(10);
            bed.start();
            await().until(() -> handed.size() == 10);
            bed.staysUnacknowledged();
            handed.get(0).acknowledge();
            await().until(() -> bed.source.clears.contains(1L));
            handed.get(9).acknowledgeUpTo(7);
            await().until(() -> bed.source.clears.contains(7L));
            handed.get(9).acknowledge();
            assertThat(bed.position()).isEqualTo(7);
            handed.get(7).acknowledge();
            handed.get(8).acknowledge();
            bed.awaitAllCleared();
        }
    }

    @Test
    void withoutAcknowledgementItHoldsNothing() throws Exception {
        try (Testbed bed = new Testbed().route(SINK).route("s", Map.of("ack", "none"), "- process: {ref: other}")) {
            bed.other.fail();
            bed.source.write(24);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.consumer("s").redelivered()).isZero();
        }
    }

    @Test
    void typesThatAreNotWantedAreAcknowledged() throws Exception {
        try (Testbed bed = with(Map.of("types", "UNLNK"))) {
            bed.source.write(24);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsExactly(3L, 6L, 9L, 12L, 15L, 18L, 21L, 24L);
        }
    }

    @ParameterizedTest
    @CsvSource({"oldest, 1", "20, 21"})
    void startsWhereItIsTold(String startFrom, long first) throws Exception {
        try (Testbed bed = with(Map.of("startFrom", startFrom))) {
            bed.source.write(24);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(Testbed.indexes(first, 24));
        }
    }

    @Test
    void startsAtTheNewest() throws Exception {
        try (Testbed bed = with(Map.of("startFrom", "newest"))) {
            bed.source.write(24);
            bed.start();
            await().until(() -> bed.position() == 24);
            bed.source.write(2);
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsExactly(25L, 26L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "startFrom | yesterday | use oldest, newest",
                "types | NOSUCH | types=NOSUCH",
                "onGap | maybe | use continue or stop",
                "absentConsumer | maybe | use hold or drop",
                "repository | disk | use file or memory",
                "user | root | lctl changelog_register",
                "maxInFlight | 0 | must be at least 1",
                "maxInFlight | abc | maxInFlight=abc is not a number",
                "clearInterval | soon | clearInterval=soon is not a number",
                "onExhausted | deadLetter | needs deadLetter=URI",
                "ack | sometimes | sometimes",
                "source | nosuch | nosuch"
            })
    void badValuesAreRefused(String option, String value, String words) {
        String yaml = """
                - route:
                    from:
                      uri: lustre:fs-MDT0000
                      parameters: {source: "#src", repository: memory, %s: "%s"}
                      steps: [{process: {ref: sink}}]
                """.formatted(option, value)
                .replace("source: \"#src\", repository: memory, source", "repository: memory, source")
                .replace("repository: memory, repository", "repository");
        try (Testbed bed = new Testbed().with(yaml)) {
            assertThatThrownBy(bed::start).hasStackTraceContaining(words);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxInFlight", "max-in-flight", "configuration.maxInFlight", "configuration.max-in-flight"})
    void badValueForAllIsRefused(String option) {
        try (Testbed bed = with(Map.of())) {
            bed.context.getPropertiesComponent().addInitialProperty("camel.component.lustre." + option, "abc");
            assertThatThrownBy(bed::start)
                    .hasStackTraceContaining("camel.component.lustre." + option + "=abc is not a number");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5s", "1h30m", "250", "{{wait:20}}", "#wait"})
    void timesAsCamelWritesThem(String text) throws Exception {
        try (Testbed bed =
                new Testbed().bind("wait", 20L).route("r", Map.of("reorderTime", "\"" + text + "\""), SINK)) {
            bed.start();
        }
    }

    @Test
    void unknownMdtIsRefused() {
        try (Testbed bed = new Testbed().with("""
                - route:
                    from:
                      uri: lustre:fs-MDT0007
                      parameters: {source: "#src", repository: memory}
                      steps: [{process: {ref: sink}}]
                """)) {
            assertThatThrownBy(bed::start)
                    .hasStackTraceContaining("fs-MDT0007: there is no such MDT; the source offers [fs-MDT0000]");
        }
    }

    @Test
    void twoConsumersOfOneNameAreRefused() {
        try (Testbed bed = new Testbed()
                .route("r", Map.of("consumer", "same"), SINK)
                .route("s", Map.of("consumer", "same"), SINK)) {
            assertThatThrownBy(bed::start).hasStackTraceContaining("option consumer=NAME");
        }
    }

    @Test
    void readersThatDisagreeAreRefused() {
        try (Testbed bed = new Testbed().route(SINK).route("s", Map.of("clearBatch", 7), SINK)) {
            assertThatThrownBy(bed::start)
                    .hasStackTraceContaining("clearBatch")
                    .hasStackTraceContaining("camel.component.lustre.configuration.OPTION");
        }
    }
}

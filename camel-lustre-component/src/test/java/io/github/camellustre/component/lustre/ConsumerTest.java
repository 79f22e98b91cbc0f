// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ack.ConsumerStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one consumer does with its options. */
class ConsumerTest {
    private static final String SINK = "- process: {ref: sink}";

    private static Testbed with(Map<String, Object> options) {
        return new Testbed().route("r", options, SINK);
    }

    @Test
    void oneConsumerFailsAndTheOtherGoesOn() throws Exception {
        try (Testbed bed = new Testbed().route(SINK).route("s", Map.of(), "- process: {ref: other}")) {
            bed.source.write(24);
            bed.sink.fail();
            bed.start();
            await().until(() ->
                    bed.consumer("s").position() == 24 && bed.consumer("r").redelivered() > 1);
            assertThat(bed.position()).isZero();
            assertThat(bed.source.clears).isEmpty();
            bed.sink.take();
            bed.awaitAllCleared();
            assertThat(bed.other.taken()).isEqualTo(Testbed.indexes(1, 24));
            assertThat(bed.consumer("s").redelivered()).isZero();
        }
    }

    @Test
    void failingSinkStopsTheClearAndNothingIsLost() throws Exception {
        try (Testbed bed = with(Map.of())) {
            bed.source.write(10);
            bed.start();
            bed.awaitAllCleared();
            bed.sink.fail();
            bed.source.write(10);
            await().until(() -> bed.consumer("r").redelivered() > 0);
            assertThat(bed.source.clears).allSatisfy(index -> assertThat(index).isLessThanOrEqualTo(10));
            bed.sink.take();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsAll(Testbed.indexes(1, 20));
            Testbed.endsInOrder(bed.sink.taken());
        }
    }

    @Test
    void suspendedItIsHandedNothingAndResumedTheRest() throws Exception {
        try (Testbed bed = with(Map.of())) {
            bed.source.write(10);
            bed.start();
            bed.awaitAllCleared();
            bed.context.getRouteController().suspendRoute("r");
            bed.source.write(10);
            await().during(java.time.Duration.ofMillis(200))
                    .until(() -> bed.sink.taken().size() == 10);
            bed.context.getRouteController().resumeRoute("r");
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(Testbed.indexes(1, 20));
        }
    }

    @Test
    void stopWaitsForWhatIsOnItsWayAndClearsIt() throws Exception {
        try (Testbed bed = new Testbed().route("- threads: {poolSize: 1}\n" + SINK)) {
            bed.source.write(24);
            bed.sink.hold();
            bed.start();
            bed.awaitArrival();
            CompletableFuture<Void> stop = CompletableFuture.runAsync(bed.context::stop);
            await().until(() -> bed.consumer("r").state() == ConsumerStatus.State.SUSPENDED);
            assertThat(stop).isNotDone();
            bed.sink.take();
            stop.join();
            assertThat(bed.sink.taken()).isNotEmpty();
            assertThat(bed.source.clears).endsWith((long) bed.sink.taken().size());
        }
    }

    @Test
    void stopEndsThoughRecordsKeepComing() throws Exception {
        try (Testbed bed = new Testbed().route("- delay: {constant: 5}\n" + SINK)) {
            bed.source.write(100_000);
            bed.start();
            bed.awaitArrival();
            bed.context.stop();
            assertThat(bed.sink.taken().size()).isLessThan(100_000);
            assertThat(bed.source.clears).endsWith((long) bed.sink.taken().size());
        }
    }

    @Test
    void stoppedRouteGoesOnWhereItStood() throws Exception {
        try (Testbed bed = with(Map.of())) {
            bed.source.write(10);
            bed.start();
            bed.awaitAllCleared();
            bed.context.getRouteController().stopRoute("r");
            bed.source.write(10);
            bed.context.getRouteController().startRoute("r");
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(Testbed.indexes(1, 20));
        }
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

    @Test
    void exhaustedRecordsGoToTheDeadLetterEvenThroughAnAggregator() throws Exception {
        try (Testbed bed = new Testbed()
                .with("""
                - route:
                    from:
                      uri: direct:dead
                      steps:
                        - aggregate:
                            correlationExpression: {constant: "true"}
                            %s
                            completionSize: 1
                            steps: [{process: {ref: other}}]
                """.formatted(Testbed.GROUP))
                .route(
                        "r",
                        Map.of("maxRedeliveries", 1, "onExhausted", "deadLetter", "deadLetter", "direct:dead"),
                        SINK)) {
            bed.source.write(3);
            bed.sink.fail();
            bed.other.hold();
            bed.start();
            await().until(() -> bed.other.arrived() > 0);
            bed.staysUnacknowledged();
            bed.other.take();
            bed.awaitAllCleared();
            assertThat(bed.other.taken()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void redeliversOnlyWhatIsMissingIfAsked() throws Exception {
        try (Testbed bed = new Testbed().route("r", Map.of("redelivery", "missing"), """
                - filter: {simple: "${header.CamelLustreIndex} == 5", steps: [{process: {ref: other}}]}
                - process: {ref: sink}
                """)) {
            bed.source.write(10);
            bed.other.fail();
            bed.start();
            await().until(() -> bed.consumer("r").failed() > 1);
            bed.other.take();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsExactlyInAnyOrderElementsOf(Testbed.indexes(1, 10));
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

    @Test
    void healthSaysWhatFails() throws Exception {
        try (Testbed bed = with(Map.of())) {
            bed.source.write(3);
            bed.sink.fail();
            bed.start();
            HealthCheck check =
                    HealthCheckRegistry.get(bed.context).getCheck("lustre-r").orElseThrow();
            await().until(() -> check.call().getState() == HealthCheck.State.DOWN);
            HealthCheck.Result down = check.call();
            assertThat(down.getDetails()).containsKeys("fs-MDT0000.state", "fs-MDT0000.lag", "fs-MDT0000.r.position");
            bed.sink.take();
            await().until(() -> check.call().getState() == HealthCheck.State.UP);
            assertThat(check.isLiveness()).isFalse();
        }
    }

    @Test
    void acknowledgedRecordsAreAnIdempotentRepository() throws Exception {
        try (Testbed bed = with(Map.of())) {
            bed.source.write(3);
            bed.start();
            bed.awaitAllCleared();
            IdempotentRepository repository = bed.context
                    .getRegistry()
                    .lookupByNameAndType(LustreComponent.ACKNOWLEDGED, IdempotentRepository.class);
            assertThat(repository.contains("r/fs-MDT0000/3")).isTrue();
            assertThat(repository.contains("r/fs-MDT0000/4")).isFalse();
            assertThat(repository.contains("x/fs-MDT0000/3")).isFalse();
            assertThat(repository.contains("nonsense")).isFalse();
            assertThat(repository.add("r/fs-MDT0000/4")).isTrue();
            assertThat(repository.confirm("r/fs-MDT0000/4")).isFalse();
            assertThat(repository.remove("r/fs-MDT0000/3")).isFalse();
            repository.clear();
            assertThat(repository.contains("r/fs-MDT0000/3")).isTrue();
        }
    }
}

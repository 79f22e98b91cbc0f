// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ack.ConsumerStatus;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A consumer whose route fails, stops or goes on. */
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
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.processor.loadbalancer.RandomLoadBalancer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that goes several ways is held until all have it, and fails if one does. */
class BranchesTest {
    private static final String SINKS = """
            - route:
                from:
                  uri: direct:sink
                  steps:
                    - process: {ref: sink}
            - route:
                from:
                  uri: direct:other
                  steps:
                    - process: {ref: other}
            """;

    private static final String GROUPED = Testbed.GROUP;
    private static final String LATEST =
            "aggregationStrategy: \"#class:org.apache.camel.processor.aggregate.UseLatestAggregationStrategy\"";
    private static final String ORIGINAL =
            "aggregationStrategy: \"#class:org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parallelProcessing: false",
                "parallelProcessing: true",
                "stopOnException: true",
                "shareUnitOfWork: true",
                GROUPED,
                LATEST,
                GROUPED + ", parallelProcessing: true",
                GROUPED + ", shareUnitOfWork: true",
                "aggregationStrategy: dropsExceptions"
            })
    void multicast(String options) throws Exception {
        try (Testbed bed = new Testbed().with(SINKS).route("""
                - multicast: {%s, steps: [{to: "direct:sink"}, {to: "direct:other"}]}
                """.formatted(options))) {
            bed.bind("dropsExceptions", dropsExceptions());
            check(bed, options);
        }
    }

    /** Branches that run at the same time let records overtake each other. */
    private static void check(Testbed bed, String options) throws Exception {
        if (options.contains("parallelProcessing: true")) {
            bed.holdsFailsAndRecoversUnordered();
        } else {
            bed.holdsFailsAndRecovers();
        }
    }

    private static org.apache.camel.AggregationStrategy dropsExceptions() {
        return (oldExchange, newExchange) -> {
            newExchange.setException(null);
            return newExchange;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parallelProcessing: false",
                "parallelProcessing: true",
                "stopOnException: true",
                "cacheSize: -1",
                GROUPED,
                ORIGINAL,
                GROUPED + ", parallelProcessing: true"
            })
    void recipientList(String options) throws Exception {
        try (Testbed bed = new Testbed().with(SINKS).route("""
                - recipientList: {constant: "direct:other,direct:sink", %s}
                """.formatted(options))) {
            check(bed, options);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parallelProcessing: false",
                "parallelProcessing: true",
                "stopOnException: true",
                "shareUnitOfWork: true",
                GROUPED,
                ORIGINAL,
                "streaming: true, " + LATEST
            })
    void splitOfAGroup(String options) throws Exception {
        try (Testbed bed = new Testbed().route("""
                - aggregate:
                    correlationExpression: {constant: "true"}
                    %s
                    completionSize: 4
                    steps:
                      - split: {simple: "${body}", %s, steps: [{process: {ref: sink}}]}
                """.formatted(GROUPED, options))) {
            check(bed, options);
        }
    }

    @Test
    void originalStaysWhatItWasThoughABranchDealtWithAnException() throws Exception {
        try (Testbed bed = new Testbed().route("""
                - aggregate:
                    correlationExpression: {constant: "true"}
                    %s
                    completionSize: 4
                    steps:
                      - split:
                          simple: "${body}"
                          %s
                          steps:
                            - doTry:
                                steps: [{throwException: {exceptionType: java.lang.IllegalStateException, message: no}}]
                                doCatch: [{exception: [java.lang.IllegalStateException], steps: []}]
                      - process: {ref: sink}
                """.formatted(GROUPED, ORIGINAL))) {
            bed.source.write(24);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.sizes()).containsOnly(4);
        }
    }

    @Test
    void recipientListWithoutRecipientsAcknowledges() throws Exception {
        try (Testbed bed = new Testbed().route("- recipientList: {constant: \"\"}")) {
            bed.source.write(24);
            bed.start();
            bed.awaitAllCleared();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GROUPED, "aggregationStrategy: dropsExceptions, aggregateOnException: true"})
    void enrich(String options) throws Exception {
        try (Testbed bed = new Testbed().with(SINKS).route("""
                - enrich: {constant: "direct:sink", %s}
                """.formatted(options))) {
            bed.bind("dropsExceptions", dropsExceptions());
            bed.source.write(24);
            bed.sink.hold();
            bed.start();
            bed.awaitArrival();
            bed.staysUnacknowledged();
            bed.sink.fail();
            await().until(() -> bed.consumer("r").redelivered() > 0);
            bed.sink.take();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsAll(Testbed.indexes(1, 24));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multicast: {%s, steps: [{to: \"direct:other\"}, {to: \"direct:sink\"}]}",
                "recipientList: {constant: \"direct:other,direct:sink\", %s}",
                "split: {simple: \"${body}\", %s, steps: [{to: \"direct:sink\"}]}"
            })
    void branchThatOutlivesTheTimeoutHolds(String eip) throws Exception {
        GatedSink after = new GatedSink();
        try (Testbed bed = new Testbed()
                .with(SINKS)
                .bind("after", after)
                .route("- " + eip.formatted("parallelProcessing: true, timeout: 50") + "\n- process: {ref: after}")) {
            // one record: if the time is over before its branch has begun it comes again, and others would wait for it
            bed.source.write(1);
            bed.sink.hold();
            bed.start();
            await().until(() -> bed.sink.arrived() > 0
                    && after.arrived() > bed.consumer("r").redelivered());
            bed.staysUnacknowledged();
            bed.sink.fail();
            await().until(() -> bed.sink.failed() > 1);
            bed.sink.take();
            bed.awaitAllCleared();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multicast: {%s, steps: [{to: \"direct:sink\"}, {to: \"direct:other\"}]}",
                "recipientList: {constant: \"direct:sink,direct:other\", %s}"
            })
    void branchThatNeverBeginsHoldsNothing(String eip) throws Exception {
        try (Testbed bed = new Testbed()
                .with(SINKS)
                .route(
                        "- "
                                + eip.formatted(
                                        "timeout: 10000, parallelProcessing: true, executorService: one, stopOnException: true"))) {
            bed.bind("one", Executors.newSingleThreadExecutor());
            bed.source.write(3);
            bed.sink.fail();
            bed.start();
            await().until(() -> bed.consumer("r").redelivered() > 0);
            bed.sink.take();
            bed.awaitAllCleared();
            assertThat(bed.other.taken()).containsAll(Testbed.indexes(1, 3));
        }
    }

    @Test
    void branchThatTheTimeoutForestalledIsDeliveredLater() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try (Testbed bed = new Testbed().bind("one", one).with(SINKS).route("""
                - multicast:
                    timeout: 20
                    parallelProcessing: true
                    executorService: one
                    steps: [{to: "direct:sink"}, {to: "direct:other"}]
                """)) {
            bed.source.write(1);
            bed.sink.hold();
            bed.start();
            bed.awaitArrival();
            bed.staysUnacknowledged();
            bed.sink.take();
            bed.awaitAllCleared();
            // at least once: the next try may be over, too, just as this branch begins
            assertThat(bed.other.taken()).isNotEmpty().containsOnly(1L);
        } finally {
            one.shutdown();
        }
    }

    @Test
    void recipientThatDoesNotExistHoldsNothing() throws Exception {
        try (Testbed bed = new Testbed().with(SINKS).route("""
                - recipientList: {header: to, parallelProcessing: true, timeout: 10000}
                """.replace("- recipientList", """
                - setHeader: {name: to, expression: {method: {ref: recipients}}}
                - recipientList"""))) {
            bed.bind("recipients", new Recipients());
            bed.source.write(3);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsAll(Testbed.indexes(1, 3));
        }
    }

    /** Names an endpoint that is not there, the first three times. */
    public static final class Recipients {
        private int calls;

        public synchronized String recipients() {
            return ++calls <= 3 ? "direct:sink,nosuch:endpoint" : "direct:sink,direct:other";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "roundRobinLoadBalancer: {}",
                "randomLoadBalancer: {}",
                "topicLoadBalancer: {}",
                "weightedLoadBalancer: {distributionRatio: \"2,1\"}",
                "stickyLoadBalancer: {correlationExpression: {simple: \"${header.CamelLustreFid}\"}}",
                "failoverLoadBalancer: {}",
                "failoverLoadBalancer: {roundRobin: true, maximumFailoverAttempts: 1}",
                "customLoadBalancer: {ref: balancer}"
            })
    void loadBalance(String kind) throws Exception {
        try (Testbed bed = new Testbed()
                .bind("balancer", new RandomLoadBalancer())
                .with(SINKS)
                .route("""
                - loadBalance: {%s, steps: [{to: "direct:sink"}, {process: {ref: sink}}]}
                """.formatted(kind))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void failoverTakesTheOtherAndAcknowledges() throws Exception {
        try (Testbed bed = new Testbed().with(SINKS).route("""
                - loadBalance: {failoverLoadBalancer: {}, steps: [{to: "direct:sink"}, {to: "direct:other"}]}
                """)) {
            bed.source.write(24);
            bed.sink.fail();
            bed.other.hold();
            bed.start();
            await().until(() -> bed.other.arrived() > 0);
            bed.staysUnacknowledged();
            bed.other.fail();
            await().until(() -> bed.consumer("r").redelivered() > 0);
            bed.other.take();
            bed.awaitAllCleared();
            assertThat(bed.other.taken()).containsAll(Testbed.indexes(1, 24));
        }
    }
}

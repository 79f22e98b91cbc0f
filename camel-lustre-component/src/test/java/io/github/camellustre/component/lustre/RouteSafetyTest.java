// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that could acknowledge what was not delivered do not start, and say why and what to write instead. */
class RouteSafetyTest {
    private static final String CHANNEL = "deadLetterChannel: {deadLetterUri: \"mock:dead\"}";

    private static String aggregate(String options) {
        return "- aggregate: {correlationExpression: {constant: \"true\"}, %s, %s, steps: [{process: {ref: sink}}]}"
                .formatted(Testbed.GROUP, options);
    }

    private static void refuses(Testbed bed, String words) {
        try (bed) {
            bed.bind("optimistic", new MemoryAggregationRepository(true));
            bed.bind("foreign", new MemoryAggregationRepository() {});
            assertThatThrownBy(bed::start)
                    .hasStackTraceContaining("IllegalArgumentException: route '")
                    .hasStackTraceContaining(words);
        }
    }

    @Test
    void optimisticLocking() {
        refuses(
                new Testbed()
                        .route(aggregate(
                                "completionSize: 4, optimisticLocking: true, aggregationRepository: optimistic")),
                "Remove optimisticLocking");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreign", "#foreign", "#bean:foreign", "optimistic"})
    void otherRepositories(String name) {
        refuses(
                new Testbed().route(aggregate("completionSize: 4, aggregationRepository: \"" + name + "\"")),
                "Remove aggregationRepository");
    }

    @Test
    void sizeAboveTheBound() {
        refuses(
                new Testbed().route("r", Map.of("maxInFlight", 10), aggregate("completionSize: \"{{n:11}}\"")),
                "maxInFlight=10 records may be on their way");
    }

    @Test
    void sizeAboveTheBoundWithATimeoutIsFine() throws Exception {
        try (Testbed bed = new Testbed()
                .route("r", Map.of("maxInFlight", 10), aggregate("completionSize: 11, completionTimeout: 50"))) {
            bed.start();
            assertThat(bed.context.getRouteController().getRouteStatus("r").isStarted())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recipientList: {constant: \"mock:a\", ignoreInvalidEndpoints: true}",
                "dynamicRouter: {constant: \"mock:a\", ignoreInvalidEndpoints: true}",
                "circuitBreaker: {steps: [{to: \"mock:a\"}], onFallback: {steps: [{toD: {uri: \"mock:a\", ignoreInvalidEndpoint: true}}]}}",
                "routingSlip: {constant: \"mock:a\", ignoreInvalidEndpoints: \"{{ignore:true}}\"}",
                "enrich: {constant: \"mock:a\", ignoreInvalidEndpoint: true}",
                "pollEnrich: {constant: \"seda:a\", timeout: 1, ignoreInvalidEndpoint: true}",
                "toD: {uri: \"mock:a\", ignoreInvalidEndpoint: true}"
            })
    void ignoredInvalidEndpoints(String step) {
        refuses(
                new Testbed().route("- choice: {when: [{constant: \"true\", steps: [{" + step + "}]}]}"),
                "Remove the option");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multicast: {parallelProcessing: true, timeout: 10, shareUnitOfWork: true, steps: [{to: \"mock:a\"}]}",
                "recipientList: {constant: \"mock:a\", parallelProcessing: true, timeout: 10, shareUnitOfWork: true}",
                "split: {simple: \"${body}\", parallelProcessing: true, timeout: 10, shareUnitOfWork: true, steps: [{to: \"mock:a\"}]}"
            })
    void timeoutWithSharedUnitOfWork(String step) {
        refuses(new Testbed().route("- " + step), "Remove shareUnitOfWork");
    }

    @Test
    void deadLetterThatMayFailSilentlyForAllRoutes() {
        refuses(
                new Testbed().with("- errorHandler: {" + CHANNEL + "}").route("- process: {ref: sink}"),
                "deadLetterHandleNewException: false");
    }

    @Test
    void deadLetterThatMayFailSilentlyInAConfiguration() {
        refuses(
                new Testbed()
                        .with("- routeConfiguration: {errorHandler: {" + CHANNEL + "}}")
                        .route("- process: {ref: sink}"),
                "deadLetterHandleNewException: false");
    }

    @Test
    void deadLetterThatMayFailSilentlyByReference() {
        refuses(
                new Testbed()
                        .bind("dead", new DeadLetterChannelDefinition("mock:dead"))
                        .with("""
                        - route:
                            errorHandler: {refErrorHandler: {ref: dead}}
                            from: {uri: direct:next, steps: [{process: {ref: sink}}]}
                        """)
                        .route("- to: direct:next"),
                "deadLetterHandleNewException: false");
    }

    @Test
    void deadLetterThatMayFailSilentlyOfTheContext() {
        Testbed bed = new Testbed().route("- process: {ref: sink}");
        bed.context.getCamelContextExtension().setErrorHandlerFactory(new DeadLetterChannelDefinition("mock:dead"));
        refuses(bed, "deadLetterHandleNewException: false");
    }

    @Test
    void deadLetterThatMayFailSilentlyBehindDirect() {
        refuses(
                new Testbed().with("""
                        - route:
                            errorHandler: {%s}
                            from: {uri: direct:next, steps: [{process: {ref: sink}}]}
                        """.formatted(CHANNEL)).route("- to: direct:next"),
                "deadLetterHandleNewException: false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to: direct:next",
                "to: {uri: direct, parameters: {name: next}}",
                "toD: \"direct:${header.CamelLustreType}\"",
                "recipientList: {constant: \"direct:next\"}",
                "routingSlip: {constant: \"direct:next\"}",
                "dynamicRouter: {constant: \"direct:next\"}",
                "multicast: {steps: [{to: \"direct:next\"}]}",
                "loadBalance: {roundRobinLoadBalancer: {}, steps: [{to: \"direct:next\"}]}",
                "enrich: {constant: \"direct:next\"}"
            })
    void routesThatARecordCanReach(String step) {
        refuses(new Testbed().with("""
                        - route:
                            from: {uri: direct:next, steps: [{toD: {uri: "mock:a", ignoreInvalidEndpoint: true}}]}
                        """).route("- " + step), "Remove the option");
    }

    @Test
    void routesThatNoRecordReachesMayDoAsTheyLike() throws Exception {
        try (Testbed bed = new Testbed().with("""
                - route:
                    from: {uri: direct:unrelated, steps: [{toD: {uri: "mock:a", ignoreInvalidEndpoint: true}}]}
                """).route("- process: {ref: sink}")) {
            bed.start();
            assertThat(bed.context.getRouteController().getRouteStatus("r").isStarted())
                    .isTrue();
        }
    }

    @Test
    void resequencerThatDropsDuplicates() {
        refuses(
                new Testbed()
                        .route(
                                "- resequence: {header: CamelLustreIndex, batchConfig: {}, steps: [{process: {ref: sink}}]}"),
                "allowDuplicates: true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "streamConfig: {ignoreInvalidExchanges: true}",
                "batchConfig: {allowDuplicates: true, ignoreInvalidExchanges: true}"
            })
    void resequencerThatIgnoresExchanges(String options) {
        refuses(
                new Testbed()
                        .route("- resequence: {header: CamelLustreIndex, " + options
                                + ", steps: [{process: {ref: sink}}]}"),
                "Remove ignoreInvalidExchanges");
    }

    @Test
    void groupsThatCannotComeAgain() {
        refuses(
                new Testbed().route(aggregate("completionSize: 4, closeCorrelationKeyOnCompletion: 10")),
                "Remove closeCorrelationKeyOnCompletion");
    }

    @ParameterizedTest
    @ValueSource(strings = {"to: \"disruptor:a\"", "toD: \"disruptor:${header.a}\""})
    void queueThatCannotHold(String step) {
        refuses(new Testbed().bind("disruptor", new StubComponent()).route("- " + step), "Use seda:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "poll: {uri: \"seda:a\"}",
                "pollEnrich: {constant: \"seda:a?size=5\", timeout: \"0\"}",
                "pollEnrich: {simple: \"seda:${header.a}\", timeout: \"0\"}"
            })
    void queueThatIsPolled(String step) {
        refuses(
                new Testbed()
                        .with("- route: {from: {uri: \"direct:asked\", steps: [{" + step + "}]}}")
                        .route("- to: seda:a"),
                "Take them with a route that begins with seda:");
    }

    @Test
    void failedRecordsAsDuplicates() {
        refuses(
                new Testbed()
                        .bind("seen", new MemoryIdempotentRepository())
                        .route(idempotent("removeOnFailure: false")),
                "Remove removeOnFailure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seen", "#seen", "#bean:seen"})
    void keysThatOutliveACrash(String name, @TempDir Path folder) {
        refuses(
                new Testbed()
                        .bind(
                                "seen",
                                FileIdempotentRepository.fileIdempotentRepository(
                                        folder.resolve("keys").toFile()))
                        .route(idempotent("skipDuplicate: true").replace("seen", "\"" + name + "\"")),
                "Set eager: false, or use idempotentRepository: lustreAcknowledged");
    }

    private static String idempotent(String options) {
        return "- idempotentConsumer: {simple: \"${header.CamelLustreIndex}\", idempotentRepository: seen, " + options
                + ", steps: [{process: {ref: sink}}]}";
    }

    @Test
    void recordHeadersOnBatches() {
        refuses(
                new Testbed()
                        .route(
                                "r",
                                Map.of("batching", true),
                                "- filter: {simple: \"${header.CamelLustreType} == 'CREAT'\", steps: [{process: {ref: sink}}]}"),
                "asks for CamelLustreType, which a batch does not have. Filter with the kamelet lustre-filter-action");
    }

    @Test
    void unsafeAggregatorThatComesLaterFailsWhatReachesIt() throws Exception {
        try (Testbed bed = new Testbed().route("- toD: {uri: \"direct:later\", cacheSize: -1}")) {
            bed.bind("optimistic", new MemoryAggregationRepository(true));
            bed.bind("latest", (AggregationStrategy) (oldExchange, newExchange) -> newExchange);
            bed.start();
            YamlRoutes.load(bed.context, """
                    - route:
                        from:
                          uri: direct:later
                          steps:
                            - aggregate:
                                correlationExpression: {constant: "true"}
                                aggregationStrategy: latest
                                aggregationRepository: optimistic
                                optimisticLocking: true
                                completionSize: 1
                                steps: [{process: {ref: sink}}]
                    """);
            bed.source.write(3);
            org.awaitility.Awaitility.await().until(() -> bed.consumer("r").redelivered() > 0);
            assertThat(bed.position()).isZero();
            assertThat(bed.sink.taken()).isEmpty();
        }
    }
}

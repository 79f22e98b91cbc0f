// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.junit.jupiter.api.Test;

/** Records in an aggregator's group are held until the group has been delivered. */
class AggregateTest {

    private static String aggregate(String options) {
        return """
                - aggregate:
                    correlationExpression: {constant: "true"}
                %s
                    steps:
                      - process: {ref: sink}
                """.formatted(options.indent(4).stripTrailing());
    }

    @Test
    void bySize() throws Exception {
        try (Testbed bed = new Testbed().route(aggregate(Testbed.GROUP + "\ncompletionSize: 4"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void bySizeOfOne() throws Exception {
        try (Testbed bed = new Testbed().route(aggregate(Testbed.GROUP + "\ncompletionSize: 1"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void byTimeout() throws Exception {
        try (Testbed bed = new Testbed()
                .route(aggregate(Testbed.GROUP + "\ncompletionTimeout: 50\ncompletionTimeoutCheckerInterval: 20"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void byInterval() throws Exception {
        try (Testbed bed = new Testbed().route(aggregate(Testbed.GROUP + "\ncompletionInterval: 50"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void byPredicate() throws Exception {
        try (Testbed bed = new Testbed()
                .route(aggregate(Testbed.GROUP
                        + "\ncompletionPredicate: {simple: \"${exchangeProperty.CamelAggregatedSize} == 3\"}"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void byPredicateBeforeTheStrategy() throws Exception {
        try (Testbed bed = new Testbed().route(aggregate(Testbed.GROUP + """

                        eagerCheckCompletion: true
                        completionPredicate: {simple: "${header.CamelLustreType} == 'UNLNK'"}"""))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void byKeyWithParallelProcessing() throws Exception {
        try (Testbed bed = new Testbed().route("""
                - aggregate:
                    correlationExpression: {simple: "${header.CamelLustreFid}"}
                    %s
                    completionSize: 3
                    parallelProcessing: true
                    steps:
                      - process: {ref: sink}
                """.formatted(Testbed.GROUP))) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    @Test
    void nested() throws Exception {
        try (Testbed bed = new Testbed().route("""
                - aggregate:
                    correlationExpression: {constant: "true"}
                    %s
                    completionSize: 2
                    steps:
                      - aggregate:
                          correlationExpression: {constant: "true"}
                          %s
                          completionSize: 3
                          steps:
                            - process: {ref: sink}
                """.formatted(Testbed.GROUP, Testbed.GROUP))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void inChoiceAndDoTry() throws Exception {
        try (Testbed bed = new Testbed().route("""
                - choice:
                    when:
                      - simple: "${header.CamelLustreIndex} > 0"
                        steps:
                          - doTry:
                              steps:
                                - aggregate:
                                    correlationExpression: {constant: "true"}
                                    %s
                                    completionSize: 4
                                    steps:
                                      - process: {ref: sink}
                              doCatch:
                                - exception: [java.lang.Exception]
                                  steps:
                                    - process: {ref: other}
                """.formatted(Testbed.GROUP))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void behindRemovedProperties() throws Exception {
        try (Testbed bed = new Testbed()
                .route("- removeProperties: {pattern: \"*\"}\n" + aggregate(Testbed.GROUP + "\ncompletionSize: 4"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void strategyThatReturnsTheNewExchange() throws Exception {
        try (Testbed bed = new Testbed()
                .route(aggregate(
                        "aggregationStrategy: \"#class:org.apache.camel.processor.aggregate.UseLatestAggregationStrategy\"\n"
                                + "completionSize: 1"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void latestOfSeveralHoldsAllOfThem() throws Exception {
        try (Testbed bed = new Testbed()
                .route(aggregate(
                        "aggregationStrategy: \"#class:org.apache.camel.processor.aggregate.UseLatestAggregationStrategy\"\n"
                                + "completionSize: 4"))) {
            bed.source.write(24);
            bed.sink.hold();
            bed.start();
            bed.awaitArrival();
            bed.staysUnacknowledged();
            bed.sink.take();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsExactly(4L, 8L, 12L, 16L, 20L, 24L);
        }
    }

    @Test
    void strategyAsBeanByNameAndByReference() throws Exception {
        for (String name : new String[] {"strategy", "#strategy", "#bean:strategy", "{{strategy.name}}"}) {
            try (Testbed bed = new Testbed()
                    .bind("strategy", new GroupedBodyAggregationStrategy())
                    .route(aggregate("aggregationStrategy: \"" + name + "\"\ncompletionSize: 4"))) {
                bed.context.getPropertiesComponent().addInitialProperty("strategy.name", "strategy");
                bed.holdsFailsAndRecovers();
            }
        }
    }

    @Test
    void strategyAsFunction() throws Exception {
        BiFunction<Object, Object, Object> latest = (oldBody, newBody) -> newBody;
        try (Testbed bed = new Testbed()
                .bind("latest", latest)
                .route(aggregate(
                        "aggregationStrategy: latest\naggregationStrategyMethodAllowNull: true\ncompletionSize: 1"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    /** A plain object with a method. */
    public static final class Latest {
        public Object newest(Object oldBody, Object newBody) {
            return newBody;
        }
    }

    @Test
    void strategyAsMethod() throws Exception {
        try (Testbed bed = new Testbed()
                .bind("latest", new Latest())
                .route(aggregate("aggregationStrategy: latest\naggregationStrategyMethodName: newest\n"
                        + "aggregationStrategyMethodAllowNull: true\ncompletionSize: 1"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    /** Tells by itself when a group is complete. */
    public static final class InThrees extends GroupedBodyAggregationStrategy implements Predicate {
        @Override
        public boolean matches(Exchange group) {
            return group.getProperty(Exchange.AGGREGATED_SIZE, 0, Integer.class) == 3;
        }
    }

    @Test
    void strategyThatIsThePredicate() throws Exception {
        try (Testbed bed =
                new Testbed().bind("threes", new InThrees()).route(aggregate("aggregationStrategy: threes"))) {
            bed.holdsFailsAndRecovers();
            assertThat(bed.sink.sizes()).contains(3);
        }
    }

    /** Completes the old group when a record of the first file comes. */
    public static final class BeforeFirstFile extends GroupedBodyAggregationStrategy {
        @Override
        public boolean canPreComplete() {
            return true;
        }

        @Override
        public boolean preComplete(Exchange oldExchange, Exchange newExchange) {
            return oldExchange != null && newExchange.getIn().getHeader("CamelLustreIndex", Long.class) % 4 == 1;
        }
    }

    @Test
    void strategyThatPreCompletes() throws Exception {
        try (Testbed bed = new Testbed()
                .bind("pre", new BeforeFirstFile())
                .route(aggregate(
                        "aggregationStrategy: pre\ncompletionTimeout: 100\ncompletionTimeoutCheckerInterval: 20"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void predicateThatThrowsFailsTheRecordAndHoldsNothing() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Predicate predicate = group -> {
            if (calls.incrementAndGet() % 5 == 1) {
                throw new IllegalStateException("not now");
            }
            return true;
        };
        for (AggregationStrategy strategy : new AggregationStrategy[] {
            new GroupedBodyAggregationStrategy(), (oldExchange, newExchange) -> newExchange
        }) {
            calls.set(0);
            try (Testbed bed = new Testbed()
                    .bind("predicate", predicate)
                    .bind("strategy", strategy)
                    .route(aggregate("aggregationStrategy: strategy\ncompletionPredicate: {ref: predicate}"))) {
                bed.source.write(12);
                bed.start();
                bed.awaitAllCleared();
                assertThat(bed.consumer("r").failed()).isPositive();
            }
        }
    }

    @Test
    void recordThatFailedOnItsWayInIsNotDiscardedWithTheGroup() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Predicate predicate = group -> {
            if (calls.incrementAndGet() == 2) {
                throw new IllegalStateException("not now");
            }
            return false;
        };
        try (Testbed bed = new Testbed()
                .bind("predicate", predicate)
                .route(aggregate(Testbed.GROUP
                        + "\ncompletionPredicate: {ref: predicate}\ncompletionTimeout: 20\n"
                        + "completionTimeoutCheckerInterval: 10\ndiscardOnCompletionTimeout: true"))) {
            bed.source.write(3);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.consumer("r").failed()).isPositive();
        }
    }

    @Test
    void strategyThatThrowsFailsTheRecord() throws Exception {
        for (String discard : new String[] {"false", "true"}) {
            AtomicInteger calls = new AtomicInteger();
            try (Testbed bed = new Testbed()
                    .bind("strategy", new GroupedBodyAggregationStrategy() {
                        @Override
                        public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
                            if (newExchange.getIn().getHeader("CamelLustreIndex", Long.class) == 6
                                    && calls.incrementAndGet() < 3) {
                                throw new IllegalStateException("not now");
                            }
                            return super.aggregate(oldExchange, newExchange);
                        }
                    })
                    .route(aggregate("aggregationStrategy: strategy\ncompletionSize: 4\ncompletionTimeout: 100\n"
                            + "completionTimeoutCheckerInterval: 20\ndiscardOnAggregationFailure: "
                            + discard))) {
                bed.source.write(24);
                bed.start();
                bed.awaitAllCleared();
                assertThat(bed.consumer("r").failed()).isPositive();
                assertThat(bed.sink.taken()).containsAll(Testbed.indexes(1, 24));
            }
        }
    }

    @Test
    void callbackThatThrowsFailsTheGroup() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Testbed bed = new Testbed()
                .bind("strategy", new GroupedBodyAggregationStrategy() {
                    @Override
                    public void onCompletion(Exchange exchange) {
                        if (calls.incrementAndGet() == 1) {
                            throw new IllegalStateException("not now");
                        }
                        super.onCompletion(exchange);
                    }
                })
                .route(aggregate("aggregationStrategy: strategy\ncompletionSize: 4"))) {
            bed.source.write(24);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsAll(Testbed.indexes(1, 24));
        }
    }

    @Test
    void groupDiscardedAtItsTimeoutIsAcknowledged() throws Exception {
        try (Testbed bed = new Testbed()
                .route(aggregate(Testbed.GROUP + "\ncompletionSize: 1000\ncompletionTimeout: 50\n"
                        + "completionTimeoutCheckerInterval: 20\ndiscardOnCompletionTimeout: true"))) {
            bed.source.write(24);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).isEmpty();
        }
    }

    @Test
    void openGroupsAreCompletedAtTheBound() throws Exception {
        for (String controller : new String[] {
            "", "\naggregateController: \"#class:" + "org.apache.camel.processor.aggregate.DefaultAggregateController\""
        }) {
            try (Testbed bed = new Testbed().route("r", Map.of("maxInFlight", 10), """
                    - aggregate:
                        correlationExpression: {simple: "${header.CamelLustreFid}"}
                        %s
                        completionSize: 10
                    %s
                        steps:
                          - process: {ref: sink}
                    """.formatted(
                    Testbed.GROUP, controller.indent(4).strip().indent(4).stripTrailing()))) {
                bed.source.write(24);
                bed.start();
                await().until(() -> bed.position() == 20 && bed.consumer("r").outstanding() == 4);
                bed.context.stop();
                assertThat(bed.sink.taken()).containsExactlyInAnyOrderElementsOf(Testbed.indexes(1, 24));
            }
        }
    }

    @Test
    void stopCompletesHalfFullGroupsAndClears() throws Exception {
        try (Testbed bed = new Testbed().route(aggregate(Testbed.GROUP + "\ncompletionSize: 1000"))) {
            bed.source.write(24);
            bed.start();
            await().until(() -> bed.consumer("r").outstanding() == 24);
            bed.context.stop();
            assertThat(bed.sink.taken()).isEqualTo(Testbed.indexes(1, 24));
            assertThat(bed.source.clears).endsWith(24L);
        }
    }

    @Test
    void memoryRepositoryOfTheAuthor() throws Exception {
        try (Testbed bed = new Testbed()
                .bind("repo", new MemoryAggregationRepository())
                .route(aggregate(Testbed.GROUP + "\ncompletionSize: 4\naggregationRepository: repo"))) {
            bed.holdsFailsAndRecovers();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static io.github.camellustre.component.lustre.Testbed.aggregate;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Predicate;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in a group are held until it has been delivered, whatever completes it. */
class AggregateCompletionTest {
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
    void byTheNextKey() throws Exception {
        try (Testbed bed = new Testbed().route("""
                - aggregate:
                    correlationExpression: {simple: "${header.CamelLustreFid}"}
                    %s
                    completionOnNewCorrelationGroup: true
                    completionTimeout: 100
                    completionTimeoutCheckerInterval: 20
                    steps:
                      - process: {ref: sink}
                """.formatted(Testbed.GROUP))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "completionSizeExpression: {constant: 4}\nforceCompletionOnStop: true",
                "completionTimeoutExpression: {constant: 20}\ncompletionTimeoutCheckerInterval: 10\ncompleteAllOnStop: true",
                "completionSize: 4\nignoreInvalidCorrelationKeys: true",
                "completionSize: 100\ncompletionFromBatchConsumer: true\ncompletionInterval: 20"
            })
    void byOtherOptions(String options) throws Exception {
        try (Testbed bed = new Testbed().route(aggregate(Testbed.GROUP + "\n" + options))) {
            bed.holdsFailsAndRecovers();
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
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static io.github.camellustre.component.lustre.Testbed.aggregate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Predicate;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups that end in another way than by being complete. */
class AggregateGroupsTest {
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
                await().until(() -> bed.position() == 20);
                bed.awaitWaiting(4);
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
            bed.awaitWaiting(24);
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

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void recordWithoutAKey(String ignored) throws Exception {
        try (Testbed bed = new Testbed().route("""
                - aggregate:
                    correlationExpression: {header: none}
                    ignoreInvalidCorrelationKeys: %s
                    %s
                    completionSize: 4
                    steps:
                      - process: {ref: sink}
                """.formatted(ignored, Testbed.GROUP))) {
            bed.source.write(3);
            bed.start();
            if (ignored.equals("true")) {
                bed.awaitAllCleared();
            } else {
                bed.awaitRedelivery();
            }
            assertThat(bed.sink.taken()).isEmpty();
        }
    }

    /** Camel completes them by the consumer's batches, which a changelog does not have: the bound does it. */
    @Test
    void groupsThatOnlyABatchConsumerWouldComplete() throws Exception {
        try (Testbed bed = new Testbed()
                .route(
                        "r",
                        Map.of("maxInFlight", 10),
                        aggregate(Testbed.GROUP + "\ncompletionFromBatchConsumer: true"))) {
            bed.source.write(20);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(Testbed.indexes(1, 20));
        }
    }
}

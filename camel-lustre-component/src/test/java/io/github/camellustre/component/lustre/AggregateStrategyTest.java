// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static io.github.camellustre.component.lustre.Testbed.aggregate;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.Test;

/** Records in a group are held whatever strategy its author chose, and however that is named. */
class AggregateStrategyTest {
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
    void strategyThatReturnsNothingFailsTheRecord() throws Exception {
        try (Testbed bed = new Testbed()
                .bind("nothing", (AggregationStrategy) (oldExchange, newExchange) -> null)
                .route(aggregate("aggregationStrategy: nothing\ncompletionSize: 4"))) {
            bed.source.write(3);
            bed.start();
            bed.awaitRedelivery();
            assertThat(bed.sink.taken()).isEmpty();
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
}

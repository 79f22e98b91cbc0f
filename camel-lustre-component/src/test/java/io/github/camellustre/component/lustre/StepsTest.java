// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.component.lustre.token.HeldTokens;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Processor;
import org.apache.camel.saga.InMemorySagaService;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that take a record on one way. */
class StepsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- process: {ref: sink}",
                "- filter: {simple: \"${header.CamelLustreType} == 'CREAT'\", steps: [{process: {ref: sink}}]}",
                "- filter: {simple: \"${header.camellustretype} == 'CREAT'\", steps: [{process: {ref: sink}}]}",
                "- filter: {simple: \"${header.CamelLustreFid} == '[0x200000401:0x2:0x0]'\", steps: [{process: {ref: sink}}]}",
                "- threads: {poolSize: 1}\n- process: {ref: sink}",
                "- delay: {constant: 2}\n- process: {ref: sink}",
                "- delay: {constant: 2, asyncDelayed: true}\n- process: {ref: sink}",
                "- removeProperties: {pattern: \"*\"}\n- process: {ref: sink}",
                "- removeHeaders: {pattern: \"*\"}\n- process: {ref: sink}",
                "- resequence: {header: CamelLustreIndex, batchConfig: {batchSize: 5, batchTimeout: 50, allowDuplicates: true}, steps: [{process: {ref: sink}}]}",
                "- resequence: {header: CamelLustreIndex, streamConfig: {timeout: 50, deliveryAttemptInterval: 20}, steps: [{process: {ref: sink}}]}",
                "- doTry: {steps: [{process: {ref: sink}}], doCatch: [{exception: [java.io.IOException], steps: []}]}",
                "- doTry: {steps: [{process: {ref: other}}], doFinally: {steps: [{process: {ref: sink}}]}}",
                "- loop: {constant: 2, copy: true, steps: [{process: {ref: sink}}]}",
                "- routingSlip: {constant: \"mock:a,bean:sink\"}",
                "- pipeline: {steps: [{to: \"mock:a\"}, {process: {ref: sink}}]}",
                "- dynamicRouter: {method: {ref: twice}}",
                "- throttle: {constant: 1000}\n- process: {ref: sink}",
                "- saga: {steps: [{process: {ref: sink}}]}",
                "- saga: {completionMode: MANUAL, compensation: \"mock:a\", steps: [{process: {ref: sink}}]}",
                "- process: {ref: sink}\n- wireTap: {uri: \"mock:tap\"}"
            })
    void holdUntilDelivered(String steps) throws Exception {
        try (Testbed bed = new Testbed().bind("twice", new Twice()).route(steps)) {
            bed.context.addService(new InMemorySagaService());
            if (steps.contains("threads")
                    || steps.contains("delay")
                    || steps.contains("async")
                    || steps.contains("resequence")) {
                bed.holdsFailsAndRecoversUnordered();
            } else if (steps.contains("filter")) {
                bed.holdsFailsAndRecoversSome();
            } else {
                bed.holdsFailsAndRecovers();
            }
        }
    }

    /** Decides for two hops. */
    public static final class Twice {
        public String next(@ExchangeProperty(Exchange.SLIP_ENDPOINT) String last) {
            if (last == null) {
                return "mock:a";
            }
            return last.startsWith("mock") ? "bean:sink" : null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- stop: {}\n- process: {ref: sink}",
                "- toD: \"${header.none}\"",
                "- sample: {samplePeriod: 60000}\n- filter: {simple: \"${header.CamelLustreIndex} > 1\", steps: [{process: {ref: sink}}]}",
                "- filter: {simple: \"${header.CamelLustreType} == 'XXX'\", steps: [{process: {ref: sink}}]}",
                "- choice: {when: [{simple: \"${header.CamelLustreType} == 'XXX'\", steps: [{process: {ref: sink}}]}]}",
                "- doTry: {steps: [{throwException: {exceptionType: java.lang.IllegalStateException, message: no}}],"
                        + " doCatch: [{exception: [java.lang.IllegalStateException], steps: []}]}"
            })
    void whatTheRouteDropsIsAcknowledged(String steps) throws Exception {
        try (Testbed bed = new Testbed().route(steps)) {
            bed.source.write(24);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).isEmpty();
        }
    }

    @Test
    void duplicateOfAnIdempotentConsumerIsAcknowledged() throws Exception {
        try (Testbed bed =
                new Testbed().bind("seen", new MemoryIdempotentRepository()).route("""
                - idempotentConsumer:
                    simple: "${header.CamelLustreFid}"
                    idempotentRepository: seen
                    steps:
                      - process: {ref: sink}
                """)) {
            bed.holdsFailsAndRecoversSome();
            assertThat(bed.sink.taken()).hasSize(ScriptedSource.FILES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"handled", "continued"})
    void exceptionThatIsDealtWithIsAcknowledged(String how) throws Exception {
        try (Testbed bed = new Testbed().with("""
                - onException:
                    exception: [java.lang.IllegalStateException]
                    %s: {constant: "true"}
                    steps:
                      - process: {ref: other}
                """.formatted(how)).route("- process: {ref: sink}")) {
            bed.source.write(24);
            bed.sink.fail();
            bed.other.hold();
            bed.start();
            await().until(() -> bed.other.arrived() > 0);
            bed.staysUnacknowledged();
            bed.other.take();
            bed.awaitAllCleared();
            assertThat(bed.other.taken()).isEqualTo(Testbed.indexes(1, 24));
        }
    }

    @Test
    void branchesOfAnExceptionHandlerFailTheRecord() throws Exception {
        try (Testbed bed = new Testbed().with("""
                - routeConfiguration:
                    onException:
                      - onException:
                          exception: [java.lang.IllegalStateException]
                          handled: {constant: "true"}
                          steps:
                            - multicast: {%s, steps: [{process: {ref: other}}]}
                """.formatted(Testbed.GROUP)).route("- process: {ref: sink}")) {
            bed.source.write(3);
            bed.sink.fail();
            bed.other.fail();
            bed.start();
            await().until(() -> bed.consumer("r").redelivered() > 0);
            assertThat(bed.position()).isZero();
            bed.other.take();
            bed.awaitAllCleared();
        }
    }

    @Test
    void deadLetterThatWorksAcknowledgesAndOneThatFailsDoesNot() throws Exception {
        try (Testbed bed = new Testbed().with("""
                - errorHandler:
                    deadLetterChannel: {deadLetterUri: "direct:dead", deadLetterHandleNewException: "false"}
                - route:
                    errorHandler: {noErrorHandler: {}}
                    from:
                      uri: direct:dead
                      steps:
                        - process: {ref: other}
                """).route("- process: {ref: sink}")) {
            bed.source.write(24);
            bed.sink.fail();
            bed.other.fail();
            bed.start();
            await().until(() -> bed.consumer("r").redelivered() > 0);
            assertThat(bed.position()).isZero();
            bed.other.take();
            bed.awaitAllCleared();
            assertThat(bed.other.taken()).containsAll(Testbed.indexes(1, 24));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- rollback: {markRollbackOnly: true}",
                "- rollback: {markRollbackOnlyLast: true}",
                "- rollback: {message: wanted}",
                "- validate: {simple: \"${header.CamelLustreIndex} > 100\"}",
                "- convertBodyTo: {type: java.io.File}",
                "- filter: {simple: \"${header.CamelLustreIndex} > 1\", steps: [{throttle: {constant: 1, timePeriodMillis: 60000, rejectExecution: true}}]}\n"
                        + "- filter: {simple: \"${header.CamelLustreIndex} == 1\", steps: [{throwException: NO}]}",
                "- to: \"direct:nobody?failIfNoConsumers=false&timeout=20\"",
                "- to: \"direct:nobody?failIfNoConsumers=false&block=false\"",
                "- to: \"direct:asleep?block=false\"",
                "- multicast: {parallelProcessing: true, executorService: full, steps: [{process: {ref: sink}}, {process: {ref: sink}}]}",
                "- onCompletion: {mode: BeforeConsumer, steps: [{throwException: NO}]}\n- to: \"mock:a\""
            })
    void whatFailsIsDeliveredAgain(String steps) throws Exception {
        ExecutorService full = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
        full.execute(LockSupport::park);
        try (Testbed bed = new Testbed()
                .bind("full", full)
                .with("- route: {autoStartup: \"false\", from: {uri: direct:asleep, steps: [{process: {ref: sink}}]}}")
                .route(steps.replace("NO", "{exceptionType: java.lang.IllegalStateException, message: no}"))) {
            bed.source.write(3);
            bed.start();
            bed.awaitRedelivery();
            bed.endAtOnce();
        } finally {
            full.shutdownNow();
        }
    }

    /** It happens when the record has been acknowledged. */
    @Test
    void onCompletionIsNotCovered() throws Exception {
        try (Testbed bed =
                new Testbed().route("- onCompletion: {steps: [{process: {ref: other}}]}\n- process: {ref: sink}")) {
            bed.source.write(3);
            bed.other.fail();
            bed.start();
            bed.awaitAllCleared();
            await().until(() -> bed.other.failed() == 3);
        }
    }

    @Test
    void wireTapIntoAnAggregatorDoesNotHoldNorReleaseTwice() throws Exception {
        List<Object> answeredFor = new CopyOnWriteArrayList<>();
        Processor tapped = exchange -> answeredFor.add(Optional.ofNullable(HeldTokens.of(exchange)));
        try (Testbed bed = new Testbed()
                .bind("tapped", tapped)
                .with("""
                - route:
                    from:
                      uri: direct:tap
                      steps:
                        - delay: {constant: 50}
                        - aggregate:
                            correlationExpression: {constant: "true"}
                            %s
                            completionSize: 2
                            steps: [{process: {ref: tapped}}]
                """.formatted(Testbed.GROUP))
                .route("- wireTap: {uri: \"direct:tap\"}\n- process: {ref: sink}")) {
            bed.source.write(24);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(Testbed.indexes(1, 24));
            assertThat(bed.consumer("r").failed()).isZero();
            await().untilAsserted(() -> assertThat(answeredFor).hasSize(12));
            assertThat(answeredFor).containsOnly(Optional.empty());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import java.util.Map;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.processor.resume.TransientResumeStrategy;
import org.apache.camel.saga.InMemorySagaService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a step does with the exchange, and whatever exchange it makes of it: an aggregator in it or behind it still
 * knows which records it has. AGGREGATE stands for one.
 */
class BeforeAggregateTest {
    private static final String AGGREGATE = "aggregate: {correlationExpression: {constant: \"true\"}, " + Testbed.GROUP
            + ", completionSize: 4, completionTimeout: 50, completionTimeoutCheckerInterval: 20,"
            + " steps: [{process: {ref: sink}}]}";
    private static final String ROUTES = """
            - route:
                from: {uri: direct:groups, steps: [{%s}]}
            - route:
                from: {uri: "seda:groups?pollTimeout=20", steps: [{%s}]}
            - route:
                from: {uri: direct:other, steps: [{process: {ref: other}}]}
            """.formatted(AGGREGATE, AGGREGATE);
    private static final String FAIL =
            "throwException: {exceptionType: java.lang.IllegalStateException, message: wanted}";

    private static Testbed bed(String topLevel, String steps) throws Exception {
        Testbed bed = new Testbed()
                .with(topLevel.replace("AGGREGATE", AGGREGATE))
                .with(ROUTES)
                .bind("newest", (AggregationStrategy) (oldExchange, newExchange) -> newExchange)
                .bind("once", new Once())
                .bind("resume", new TransientResumeStrategy(null))
                .route(steps.replace("AGGREGATE", AGGREGATE)
                        .replace("GROUPED", Testbed.GROUP)
                        .replace("FAIL", FAIL));
        bed.context.addService(new InMemorySagaService());
        return bed;
    }

    /** Decides for one hop. */
    public static final class Once {
        public String to(@ExchangeProperty(Exchange.SLIP_ENDPOINT) String last) {
            return last == null ? "direct:groups" : null;
        }

        public String aside(@ExchangeProperty(Exchange.SLIP_ENDPOINT) String last) {
            return last == null ? "direct:other" : null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- routingSlip: {constant: \"direct:other,direct:groups\"}",
                "- routingSlip: {constant: \"direct:other\"}\n- AGGREGATE",
                "- dynamicRouter: {method: {ref: once, method: to}}",
                "- dynamicRouter: {method: {ref: once, method: aside}}\n- AGGREGATE",
                "- split: {simple: \"${body}\", steps: [{AGGREGATE}]}",
                "- split: {simple: \"${body}\", parallelProcessing: true, steps: [{AGGREGATE}]}",
                "- split: {simple: \"${body}\", shareUnitOfWork: true, steps: [{AGGREGATE}]}",
                "- split: {simple: \"${body}\", GROUPED, steps: [{to: \"direct:other\"}]}\n- AGGREGATE",
                "- multicast: {steps: [{AGGREGATE}, {to: \"direct:other\"}]}",
                "- multicast: {shareUnitOfWork: true, steps: [{AGGREGATE}, {to: \"direct:other\"}]}",
                "- multicast: {parallelProcessing: true, timeout: 10000, steps: [{AGGREGATE}, {to: \"direct:other\"}]}",
                "- multicast: {GROUPED, steps: [{to: \"direct:other\"}]}\n- AGGREGATE",
                "- recipientList: {constant: \"direct:groups,direct:other\"}",
                "- recipientList: {constant: \"direct:other\", GROUPED}\n- AGGREGATE",
                "- enrich: {constant: \"direct:other\", aggregationStrategy: newest}\n- AGGREGATE",
                "- enrich: {constant: \"direct:other\"}\n- AGGREGATE",
                "- enrich: {constant: \"direct:groups\"}",
                "- setVariable: {name: record, simple: \"${body}\"}\n- pollEnrich: {constant: \"seda:empty\", timeout: \"0\"}\n- setBody: {variable: record}\n- AGGREGATE",
                "- setVariable: {name: record, simple: \"${body}\"}\n- poll: {uri: \"seda:empty\", timeout: \"0\"}\n- setBody: {variable: record}\n- AGGREGATE",
                "- toD: \"direct:${header.none}groups\"",
                "- to: {uri: \"direct:groups\", pattern: InOut}",
                "- loop: {constant: 2, copy: true, steps: [{AGGREGATE}]}",
                "- loop: {constant: 2, steps: [{to: \"direct:other\"}]}\n- AGGREGATE",
                "- loadBalance: {failoverLoadBalancer: {}, steps: [{to: \"direct:groups\"}, {to: \"direct:groups\"}]}",
                "- loadBalance: {failoverLoadBalancer: {}, steps: [{to: \"direct:other\"}]}\n- AGGREGATE",
                "- loadBalance: {topicLoadBalancer: {}, steps: [{to: \"direct:groups\"}, {to: \"direct:other\"}]}",
                "- loadBalance: {roundRobinLoadBalancer: {}, steps: [{to: \"direct:groups\"}, {to: \"direct:groups\"}]}",
                "- threads: {poolSize: 1}\n- AGGREGATE",
                "- delay: {constant: 1, asyncDelayed: true}\n- AGGREGATE",
                "- throttle: {constant: 1000}\n- AGGREGATE",
                "- resequence: {header: CamelLustreIndex, streamConfig: {timeout: 20, deliveryAttemptInterval: 10}, steps: [{AGGREGATE}]}",
                "- multicast: {steps: [{resequence: {header: CamelLustreIndex, streamConfig: {timeout: 20, deliveryAttemptInterval: 10}, steps: [{AGGREGATE}]}}, {to: \"direct:other\"}]}",
                "- to: seda:groups",
                "- to: {uri: \"seda:groups\", pattern: InOut}",
                "- to: {uri: \"seda:groups\", parameters: {waitForTaskToComplete: Always}}",
                "- circuitBreaker: {steps: [{to: \"direct:other\"}]}\n- AGGREGATE",
                "- circuitBreaker: {steps: [{AGGREGATE}]}",
                "- circuitBreaker: {steps: [{FAIL}], onFallback: {steps: [{AGGREGATE}]}}",
                "- circuitBreaker: {steps: [{FAIL}], onFallback: {steps: [{resequence: {header: CamelLustreIndex, streamConfig: {timeout: 20, deliveryAttemptInterval: 10}, steps: [{AGGREGATE}]}}]}}",
                "- saga: {steps: [{to: \"direct:other\"}]}\n- AGGREGATE",
                "- saga: {steps: [{AGGREGATE}]}",
                "- claimCheck: {operation: Push}\n- setBody: {constant: x}\n- claimCheck: {operation: Pop}\n- AGGREGATE",
                "- claimCheck: {operation: Push}\n- claimCheck: {operation: Pop, aggregationStrategy: newest}\n- AGGREGATE",
                "- doTry: {steps: [{FAIL}], doCatch: [{exception: [java.lang.IllegalStateException], steps: [{AGGREGATE}]}]}",
                "- doTry: {steps: [{FAIL}], doCatch: [{exception: [java.lang.IllegalStateException], steps: [{to: \"direct:other\"}]}]}\n- AGGREGATE",
                "- doTry: {steps: [{to: \"direct:other\"}], doFinally: {steps: [{AGGREGATE}]}}",
                "- convertBodyTo: {type: io.github.camellustre.changelog.ChangelogRecord}\n- AGGREGATE",
                "- validate: {simple: \"${header.CamelLustreIndex} > 0\"}\n- AGGREGATE",
                "- step: {steps: [{AGGREGATE}]}",
                "- pipeline: {steps: [{AGGREGATE}]}",
                "- to: {uri: \"direct:other\", variableReceive: answer}\n- AGGREGATE",
                "- wireTap: {uri: \"direct:other\"}\n- AGGREGATE",
                "- script: {simple: \"${header.CamelLustreIndex}\"}\n- AGGREGATE",
                "- resumable: {resumeStrategy: resume, intermittent: true}\n- AGGREGATE",
                "- removeProperties: {pattern: \"*\"}\n- removeHeaders: {pattern: \"*\"}\n- removeVariable: {name: \"*\"}\n- AGGREGATE"
            })
    void ofARoute(String steps) throws Exception {
        try (Testbed bed = bed("", steps)) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- intercept: {steps: [{AGGREGATE}]}",
                "- interceptFrom: {steps: [{AGGREGATE}]}",
                "- interceptSendToEndpoint: {uri: \"direct:other\", skipSendToOriginalEndpoint: \"true\", steps: [{AGGREGATE}]}",
                "- interceptSendToEndpoint: {uri: \"direct:other\", steps: [{AGGREGATE}]}",
                "- routeConfiguration: {intercept: [{intercept: {steps: [{AGGREGATE}]}}]}"
            })
    void ofAnInterceptor(String interceptor) throws Exception {
        try (Testbed bed = bed(interceptor, "- to: direct:other")) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"handled", "continued"})
    void ofAnExceptionHandler(String how) throws Exception {
        try (Testbed bed = bed(
                "- onException: {exception: [java.lang.IllegalArgumentException], " + how
                        + ": {constant: \"true\"}, steps: [{AGGREGATE}]}",
                """
                - throwException: {exceptionType: java.lang.IllegalArgumentException, message: wanted}
                """)) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:groups", "seda:groups"})
    void ofADeadLetterChannel(String address) throws Exception {
        try (Testbed bed = bed("""
                - errorHandler: {noErrorHandler: {}}
                """, "- to: direct:failing").with("""
                - route:
                    errorHandler: {deadLetterChannel: {deadLetterUri: "%s", deadLetterHandleNewException: "false", useOriginalMessage: true}}
                    from: {uri: direct:failing, steps: [{%s}]}
                """.formatted(address, FAIL))) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    @Test
    void splitBatch() throws Exception {
        try (Testbed bed =
                new Testbed().route("r", Map.of("batching", true, "maxBatch", 6), """
                - split: {simple: "${body}", steps: [{%s}]}
                """.formatted(AGGREGATE))) {
            bed.holdsFailsAndRecovers();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record in a queue is held until it is processed on the other side. */
class QueueTest {

    private static String queue(String name, String options, String bean) {
        return """
                - route:
                    from:
                      uri: "seda:%s?pollTimeout=20%s"
                      steps:
                        - process: {ref: %s}
                """.formatted(name, options.replace('?', '&'), bean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?size=2", "?size=2&discardWhenFull=true", "?size=2&offerTimeout=10"})
    void single(String options) throws Exception {
        try (Testbed bed = new Testbed().with(queue("a", options, "sink")).route("- to: \"seda:a" + options + "\"")) {
            bed.holdsFailsAndRecovers();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- to: seda:b\n- to: seda:a",
                "- to: seda:a\n- to: seda:b",
                "- multicast: {steps: [{to: \"seda:b\"}, {to: \"seda:a\"}]}",
                "- multicast: {parallelProcessing: true, steps: [{to: \"seda:b\"}, {to: \"seda:a\"}]}",
                "- recipientList: {constant: \"seda:b,seda:a\"}",
                "- recipientList: {constant: \"seda:b,seda:a\", cacheSize: -1}",
                "- toD: {uri: \"seda:${header.none}a\"}",
                "- wireTap: {uri: \"seda:b\"}\n- to: seda:a"
            })
    void oneOfTwo(String steps) throws Exception {
        try (Testbed bed = new Testbed()
                .with(queue("a", "", "sink"))
                .with(queue("b", "", "other"))
                .route(steps)) {
            if (steps.contains("parallelProcessing: true")) {
                bed.holdsFailsAndRecoversUnordered();
            } else {
                bed.holdsFailsAndRecovers();
            }
        }
    }

    @Test
    void stubIsAQueue() throws Exception {
        try (Testbed bed = new Testbed()
                .with("- route: {from: {uri: \"stub:kafka:a\", steps: [{process: {ref: sink}}]}}")
                .route("- to: \"stub:kafka:a\"")) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void senderThatWaitsInVain() throws Exception {
        try (Testbed bed = new Testbed()
                .with(queue("a", "", "sink"))
                .route("- to: \"seda:a?waitForTaskToComplete=Always&timeout=20\"")) {
            bed.source.write(3);
            bed.sink.hold();
            bed.start();
            bed.awaitRedelivery();
            bed.sink.take();
            bed.awaitAllCleared();
        }
    }

    @Test
    void interceptedQueue() throws Exception {
        try (Testbed bed = new Testbed()
                .with("- interceptSendToEndpoint: {uri: \"seda:*\", steps: [{process: {ref: other}}]}")
                .with(queue("a", "", "sink"))
                .route("- to: seda:a")) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void failureBehindTheHandOverFailsTheRecord() throws Exception {
        try (Testbed bed = new Testbed().with(queue("b", "", "other")).route("- to: seda:b\n- process: {ref: sink}")) {
            bed.holdsFailsAndRecovers();
        }
    }

    /** Each consumer of such a queue takes from it by a thread of its own and sends to all: order is not kept. */
    @Test
    void oneOfSeveralConsumersFails() throws Exception {
        try (Testbed bed = new Testbed()
                .with(queue("a", "?multipleConsumers=true", "other"))
                .with(queue("a", "?multipleConsumers=true", "sink"))
                .route("- to: \"seda:a?multipleConsumers=true\"")) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    @Test
    void queueWithoutConsumersKeepsWhatItHas() throws Exception {
        try (Testbed bed = new Testbed().route("- to: \"seda:nobody?discardIfNoConsumers=true\"")) {
            bed.source.write(3);
            bed.start();
            bed.awaitWaiting(3);
            bed.staysUnacknowledged();
            bed.endAtOnce();
        }
    }
}

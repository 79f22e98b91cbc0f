// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.RecordType;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows in kamelets hold their records until the window has been delivered, as aggregators in routes do. */
class WindowKameletTest {
    private static final String KAMELET = """
            - kamelet:
                name: %s
                parameters: {timeout: 50, %s}
                steps:
                  - process: {ref: sink}
            """;

    private static Testbed bed(boolean batching, String kamelet, String parameters) {
        Testbed bed = new Testbed()
                .route("r", Map.of("batching", batching, "maxBatch", 4), KAMELET.formatted(kamelet, parameters));
        bed.context.getComponent("kamelet", KameletComponent.class).setLocation("file:../kamelets");
        return bed;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lustre-window-action | size: 6",
                "lustre-window-action | per: all",
                "lustre-window-action | 'mergeByTime: true, maxDelay: 100ms'",
                "lustre-group-action | 'by: mdt, order: hottest'",
                "lustre-group-action | 'by: server, servers: \"a=fs-MDT0000\"'",
                "lustre-group-action | 'by: fid, size: 8'"
            })
    void holdsFailsAndRecovers(String kamelet, String parameters) throws Exception {
        for (boolean batching : List.of(true, false)) {
            try (Testbed bed = bed(batching, kamelet, parameters)) {
                bed.holdsFailsAndRecovers();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "user"})
    void windowsOfEachJobOrUser(String per) throws Exception {
        try (Testbed bed = bed(false, "lustre-window-action", "per: " + per)) {
            bed.holdsFailsAndRecovers();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"restat", "net-effect", "last-per-fid"})
    void coalesced(String strategy) throws Exception {
        try (Testbed bed = bed(true, "lustre-coalesce-action", "per: mdt, strategy: " + strategy)) {
            bed.source
                    .write(RecordType.CREAT, 1)
                    .write(RecordType.SATTR, 1)
                    .write(RecordType.CLOSE, 1)
                    .write(RecordType.CREAT, 2)
                    .write(RecordType.CLOSE, 2);
            bed.sink.hold();
            bed.start().awaitArrival();
            bed.staysUnacknowledged();
            bed.sink.take();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).isNotEmpty().hasSizeLessThan(5);
        }
    }

    @Test
    void aWindowThatIsAllCancelledIsAcknowledgedWithoutTheSteps() throws Exception {
        try (Testbed bed = bed(true, "lustre-coalesce-action", "strategy: restat")) {
            bed.source.write(RecordType.CREAT, 1).write(RecordType.UNLNK, 1);
            bed.start().awaitAllCleared();
            assertThat(bed.sink.arrived()).isZero();
        }
    }

    @Test
    void groupsBecomeParts() throws Exception {
        try (Testbed bed = new Testbed().route("r", Map.of("batching", true), """
                - kamelet:
                    name: lustre-group-action
                    parameters: {by: fid, size: 24}
                    steps:
                      - kamelet:
                          name: lustre-split-action
                          parameters: {by: group}
                          steps:
                            - filter:
                                simple: "${header.CamelLustreGroup} == '[0x200000401:0x2:0x0]'"
                                steps: [{process: {ref: sink}}]
                """)) {
            bed.context.getComponent("kamelet", KameletComponent.class).setLocation("file:../kamelets");
            bed.source.write(24);
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken()).containsExactly(1L, 5L, 9L, 13L, 17L, 21L);
            assertThat(bed.sink.sizes()).containsExactly(6);
        }
    }

    @Test
    void batchesHaveNoJob() throws Exception {
        try (Testbed bed = bed(true, "lustre-window-action", "per: job")) {
            bed.source.write(24);
            bed.start();
            bed.awaitFailure("windows per job need single changelog records");
            bed.endAtOnce();
        }
    }

    /** Else its windows would go nowhere, and be acknowledged, while each record goes on by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "- to: kamelet:lustre-window-action",
                "- kamelet: {name: lustre-coalesce-action}",
                "- multicast: {steps: [{kamelet: {name: lustre-split-action}}]}"
            })
    void withoutStepsItIsRefused(String use) throws Exception {
        Testbed bed = new Testbed().route(use);
        bed.context.getComponent("kamelet", KameletComponent.class).setLocation("file:../kamelets");
        try (bed) {
            assertThatThrownBy(bed::start).hasStackTraceContaining("hands its results to the steps inside");
        }
    }
}

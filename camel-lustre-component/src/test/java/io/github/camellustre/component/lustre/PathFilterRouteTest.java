// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.RecordType;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter on paths gets records that have some, or its route does not start; and if that shows late, nothing is dropped. */
class PathFilterRouteTest {
    private static final String PATHS = "- to: \"lustre:fs?operation=path\"\n";
    private static final String FILTER =
            "- kamelet: {name: lustre-filter-action, parameters: {filter: 'path=/file1'}}\n";
    private static final String SINK = "- process: {ref: sink}\n";
    private static final List<Long> OF_FILE_1 =
            LongStream.rangeClosed(1, 24).filter(i -> i % 4 == 1).boxed().toList();
    private static final String REFUSAL =
            "the filter 'path=/file1' asks for paths, and no step before it looks them up. Put"
                    + " lustre:FILESYSTEM?operation=path, or the kamelet lustre-path-action, before it";

    private static Testbed bed(Map<String, Object> options, String steps) {
        return bed(new Testbed().route("r", options, steps));
    }

    private static Testbed bed(Testbed bed) {
        bed.context.getComponent("kamelet", KameletComponent.class).setLocation("file:../kamelets");
        return bed;
    }

    private static FilterStatus only(Testbed bed) {
        assertThat(bed.lustre().filterStatus()).hasSize(1);
        return bed.lustre().filterStatus().get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsThereGoesOnAndTheRestIsAcknowledged(boolean batching) throws Exception {
        try (Testbed bed = bed(Map.of("batching", batching), PATHS + FILTER + SINK)) {
            bed.source.write(24);
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(OF_FILE_1);
            assertThat(only(bed).dropped()).containsExactly(Map.entry("path=/file1", 18L));
            assertThat(only(bed).unplaced()).isZero();
        }
    }

    @Test
    void whatHasNoKnownPlaceIsDroppedAcknowledgedAndCounted() throws Exception {
        try (Testbed bed = bed(Map.of("batching", true), PATHS + FILTER + SINK)) {
            bed.source.write(RecordType.CLOSE, 1).write(RecordType.CREAT, 1).write(RecordType.CLOSE, 1);
            bed.source.write(RecordType.CLOSE, 2).write(RecordType.CREAT, 3);
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken()).containsExactly(2L, 3L);
            assertThat(only(bed).dropped()).containsExactly(Map.entry("path=/file1", 3L));
            assertThat(only(bed).unplaced()).isEqualTo(2);
        }
    }

    /** Contract 12: what the reader leaves out is what it would leave out without the term. */
    @Test
    void theTypesThatTheReaderLeavesOutAreThoseOfFiltersInFront() throws Exception {
        String removals = "- kamelet: {name: lustre-filter-action, parameters: {filter: 'type=UNLNK%s'}}\n";
        try (Testbed bed = bed(Map.of(), removals.formatted("") + PATHS + FILTER + SINK)) {
            bed.source.write(24);
            bed.start().awaitAllCleared();
            assertThat(bed.consumer("r").delivered()).isEqualTo(8);
            assertThat(bed.sink.taken()).containsExactly(9L, 21L);
        }
        try (Testbed bed = bed(Map.of(), PATHS + removals.formatted(" path=/file1") + SINK)) {
            bed.source.write(24);
            bed.start().awaitAllCleared();
            assertThat(bed.consumer("r").delivered())
                    .as("names are learnt from all")
                    .isEqualTo(24);
            assertThat(bed.sink.taken()).containsExactly(9L, 21L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FILTER,
                "- setHeader: {name: a, constant: b}\n" + FILTER,
                FILTER + PATHS,
                "- to: \"lustre:fs?operation=learn\"\n" + FILTER,
                "- kamelet: {name: lustre-path-action, parameters: {fileSystem: fs, operation: learn}}\n" + FILTER,
                "- to: {uri: \"lustre:fs?operation=path\", disabled: true}\n" + FILTER,
                "- to: direct:filtering\n",
                "- to: seda:filtering\n",
                "- wireTap: {uri: \"direct:filtering\"}\n",
                "- to: \"kamelet:lustre-filter-action?filter=path=/file1\"\n",
                "- multicast: {steps: [{to: \"lustre:fs?operation=path\"}, {to: direct:filtering}]}\n",
                "- loadBalance: {roundRobinLoadBalancer: {}, steps: [{to: direct:looking}, {to: direct:filtering}]}\n",
                "- choice: {when: [{simple: \"${body}\", steps: [{to: direct:looking}]}],"
                        + " otherwise: {steps: [{to: direct:filtering}]}}\n",
                "- circuitBreaker: {steps: [{to: \"mock:a\"}], onFallback: {steps: [{to: direct:filtering}]}}\n",
                "- split: {simple: \"${body}\", steps: [{to: direct:filtering}]}\n",
            })
    void whereNothingLooksThemUpBeforeTheRouteDoesNotStart(String steps) throws Exception {
        String filtering = "{steps: [{kamelet: {name: lustre-filter-action, parameters: {filter: 'path=/file1'}}}]";
        Testbed bed = new Testbed().route(steps).with("""
                - route: {id: filtering, from: {uri: "direct:filtering", %1$s}}
                - route: {id: queue, from: {uri: "seda:filtering", %1$s}}
                - route: {id: looking, from: {uri: "direct:looking", steps: [{to: "lustre:fs?operation=path"}]}}
                """.formatted(filtering.substring(1)));
        try (Testbed ready = bed(bed)) {
            assertThatThrownBy(ready::start).hasStackTraceContaining(REFUSAL);
        }
    }

    @Test
    void behindASourceKamelet() throws Exception {
        String route = """
                - route:
                    id: r
                    from:
                      uri: kamelet:lustre-changelog-source
                      parameters: {source: "#src", user: cl1}
                      steps:
                """;
        try (Testbed bed = bed(new Testbed().with(route + FILTER.indent(8)))) {
            assertThatThrownBy(bed::start).hasStackTraceContaining(REFUSAL);
        }
        try (Testbed bed = bed(new Testbed().with(route + (PATHS + FILTER + SINK).indent(8)))) {
            bed.lustre().getConfiguration().setRepository("memory");
            bed.source.write(24);
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(OF_FILE_1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- kamelet: {name: lustre-path-action, parameters: {fileSystem: fs}}\n" + FILTER + SINK,
                "- to: direct:looking\n" + FILTER + SINK,
                PATHS + "- to: direct:filtering\n",
                PATHS + "- multicast: {steps: [{to: direct:filtering}]}\n",
                "- multicast: {steps: [{pipeline: {steps: [{to: direct:looking}, {to: direct:filtering}]}}]}\n",
                "- recipientList: {constant: \"lustre:fs?operation=path\"}\n" + FILTER + SINK,
                "- toD: \"lustre:${header.CamelLustreMdt.substring(0,2)}?operation=path\"\n" + FILTER + SINK,
                "- toD: \"direct:${header.none}looking\"\n" + FILTER + SINK,
            })
    void whereAStepBeforeLooksThemUp(String steps) throws Exception {
        Testbed bed = new Testbed().route(steps).with("""
                - route:
                    id: filtering
                    from: {uri: "direct:filtering", steps: [{kamelet: {name: lustre-filter-action, parameters: {filter: 'path=/file1'}}}, {process: {ref: sink}}]}
                - route: {id: looking, from: {uri: "direct:looking", steps: [{to: "lustre:fs?operation=path"}]}}
                """);
        try (Testbed ready = bed(bed)) {
            ready.source.write(24);
            ready.start().awaitAllCleared();
            assertThat(ready.sink.taken()).isEqualTo(OF_FILE_1);
        }
    }

    /** What the start cannot tell: then the first record does, and it is not acknowledged. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "- recipientList: {constant: \"mock:a\"}\n",
                PATHS + "- kamelet: {name: lustre-window-action, parameters: {size: 4}}\n",
            })
    void aRecordThatComesWithoutFailsInsteadOfBeingDropped(String before) throws Exception {
        try (Testbed bed = bed(Map.of("batching", true), before + FILTER + SINK)) {
            bed.source.write(24);
            bed.start();
            bed.awaitFailure("filter 'path=/file1': record 1 came without paths. Put"
                    + " lustre:FILESYSTEM?operation=path before the filter");
            assertThat(bed.position()).isZero();
            assertThat(bed.source.clears).isEmpty();
            assertThat(only(bed).dropped()).containsExactly(Map.entry("path=/file1", 0L));
            bed.endAtOnce();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kamelet lustre-filter-action lets through, what becomes of the rest, and what is refused. */
class FilterKameletTest {
    private static final String FILTER = "- kamelet: {name: lustre-filter-action, parameters: {filter: '%s'}}\n";
    private static final String SINK = "- process: {ref: sink}\n";
    private static final Map<String, Object> BATCHES = Map.of("batching", true);
    private static final List<Long> REMOVED =
            LongStream.rangeClosed(1, 24).filter(i -> i % 3 == 0).boxed().toList();

    private static Testbed bed(Map<String, Object> options, String steps) {
        return bed(new Testbed().route("r", options, steps));
    }

    private static Testbed bed(Testbed bed) {
        bed.context.getComponent("kamelet", KameletComponent.class).setLocation("file:../kamelets");
        bed.source.write(24);
        return bed;
    }

    private static FilterStatus only(Testbed bed) {
        assertThat(bed.lustre().filterStatus()).hasSize(1);
        return bed.lustre().filterStatus().get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatItWantsGoesOnAndTheRestIsAcknowledged(boolean batching) throws Exception {
        try (Testbed bed = bed(Map.of("batching", batching), FILTER.formatted("name=file[12]") + SINK)) {
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken())
                    .isEqualTo(LongStream.rangeClosed(1, 24)
                            .filter(i -> i % 4 == 1 || i % 4 == 2)
                            .boxed()
                            .toList());
            assertThat(only(bed).received()).isEqualTo(24);
            assertThat(only(bed).passed()).isEqualTo(12);
            assertThat(only(bed).dropped()).containsExactly(Map.entry("name=file[12]", 12L));
        }
    }

    @Test
    void aSmallerBatchSaysWhatItIs() throws Exception {
        try (Testbed bed = bed(BATCHES, FILTER.formatted("fid=" + ScriptedSource.fid(6) + " type=UNLNK") + """
                        - filter:
                            simple: "${header.CamelLustreFirstIndex} == 6 && ${header.CamelLustreLastIndex} == 18 && ${header.CamelLustreCount} == 2"
                            steps: [{process: {ref: sink}}]
                        """)) {
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken()).containsExactly(6L, 18L);
        }
    }

    @Test
    void anEmptyBatchGoesNowhere() throws Exception {
        try (Testbed bed = bed(BATCHES, FILTER.formatted("name=nothing") + SINK)) {
            bed.start().awaitAllCleared();
            assertThat(bed.sink.arrived()).isZero();
        }
    }

    @Test
    void theReasonIsTheFirstTermThatDoesNotHold() throws Exception {
        try (Testbed bed =
                bed(BATCHES, "- delay: {constant: \"0\"}\n" + FILTER.formatted("name=file1 type=CREAT") + SINK)) {
            bed.start().awaitAllCleared();
            assertThat(only(bed).dropped()).containsExactly(Map.entry("type=CREAT", 8L), Map.entry("name=file1", 12L));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatPassesIsHeldUntilItIsDelivered(boolean batching) throws Exception {
        try (Testbed bed = bed(Map.of("batching", batching), FILTER.formatted("name=file1") + SINK)) {
            bed.sink.hold();
            bed.start().awaitArrival();
            bed.staysUnacknowledged();
            bed.sink.fail();
            bed.awaitRedelivery();
            bed.sink.take();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).contains(1L, 5L, 9L, 13L, 17L, 21L);
        }
    }

    @Test
    void stepsOfTheKameletRunForWhatPasses() throws Exception {
        try (Testbed bed = bed(Map.of(), """
                - kamelet:
                    name: lustre-filter-action
                    parameters: {filter: type=UNLNK}
                    steps: [{process: {ref: sink}}]
                - process: {ref: other}
                """)) {
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(REMOVED);
            assertThat(bed.other.taken()).isEqualTo(REMOVED);
            assertThat(bed.consumer("r").delivered()).isEqualTo(8);
        }
    }

    @Test
    void branchesOfAMulticastFilterForThemselves() throws Exception {
        try (Testbed bed = bed(BATCHES, """
                - multicast:
                    steps:
                      - pipeline:
                          steps:
                            - to: "kamelet:lustre-filter-action?filter=type=UNLNK"
                            - process: {ref: sink}
                      - pipeline:
                          steps:
                            - to: "kamelet:lustre-filter-action?filter=name=file1"
                            - process: {ref: other}
                - process: {ref: behind}
                """)) {
            GatedSink behind = new GatedSink();
            bed.bind("behind", behind);
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(REMOVED);
            assertThat(bed.other.taken()).containsExactly(1L, 5L, 9L, 13L, 17L, 21L);
            assertThat(behind.taken()).containsAll(bed.other.taken());
        }
    }

    /** Contract 12: the types that a route's first steps leave over are filtered in the reader. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=UNLNK | 8",
                "type=UNLNK uid=0 | 8",
                "type=UNLNK type=CREAT | 0",
                "name=file1 | 24",
                "type=MARK | 0",
            })
    void ofOtherTypesNoExchangeIsMade(String filter, int delivered) throws Exception {
        try (Testbed bed = bed(Map.of(), FILTER.formatted(filter) + SINK)) {
            bed.start().awaitAllCleared();
            assertThat(bed.consumer("r").delivered()).isEqualTo(delivered);
            assertThat(bed.consumer("r").filtered()).isEqualTo(24 - delivered);
            assertThat(only(bed).received()).isEqualTo(delivered);
        }
    }

    @Test
    void filtersThatFollowEachOtherAllCount() throws Exception {
        try (Testbed bed = bed(
                Map.of("types", "CREAT,UNLNK,OPEN"),
                FILTER.formatted("name=file*") + FILTER.formatted("type=UNLNK") + SINK)) {
            bed.start().awaitAllCleared();
            assertThat(bed.consumer("r").delivered()).isEqualTo(8);
            assertThat(bed.sink.taken()).isEqualTo(REMOVED);
        }
    }

    @Test
    void ofBranchesThatFilterEachTypeThatOneWants() throws Exception {
        String branch = "      - to: \"kamelet:lustre-filter-action?filter=type=%s\"\n";
        try (Testbed bed =
                bed(Map.of(), "- multicast:\n    steps:\n" + branch.formatted("UNLNK") + branch.formatted("OPEN"))) {
            bed.start().awaitAllCleared();
            assertThat(bed.consumer("r").delivered()).isEqualTo(8);
        }
        try (Testbed bed =
                bed(Map.of(), "- multicast:\n    steps:\n" + branch.formatted("UNLNK") + "      - to: mock:all\n")) {
            bed.start().awaitAllCleared();
            assertThat(bed.consumer("r").delivered()).isEqualTo(24);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- process: {ref: other}",
                "- multicast: {steps: [{to: \"kamelet:lustre-filter-action?filter=type=OPEN\"}]}",
                "- to: {uri: \"kamelet:lustre-filter-action?filter=type=OPEN\", disabled: true}",
                "- onCompletion: {steps: [{process: {ref: other}}]}"
            })
    void aStepThatSeesTheRecordsBeforeSeesAll(String before) throws Exception {
        try (Testbed bed = bed(Map.of(), before + "\n" + FILTER.formatted("type=UNLNK") + SINK)) {
            bed.start().awaitAllCleared();
            assertThat(bed.consumer("r").delivered()).isEqualTo(24);
            assertThat(bed.sink.taken()).isEqualTo(REMOVED);
        }
    }

    @Test
    void behindASourceKamelet() throws Exception {
        Testbed bed = bed(new Testbed().with("""
                - route:
                    id: r
                    from:
                      uri: kamelet:lustre-changelog-source
                      parameters: {source: "#src", user: cl1, batching: false}
                      steps:
                        - kamelet: {name: lustre-filter-action, parameters: {filter: type=UNLNK}}
                        - process: {ref: sink}
                """));
        try (bed) {
            bed.lustre().getConfiguration().setRepository("memory");
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(REMOVED);
            assertThat(bed.consumer("r").delivered()).isEqualTo(8);
        }
    }

    @Test
    void whatIsFilteredOutIsAcknowledgedByHandToo() throws Exception {
        try (Testbed bed = bed(Map.of("ack", "manual"), FILTER.formatted("name=nothing") + SINK)) {
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken()).isEmpty();
        }
    }

    /** What people write in filters, through YAML, URIs and property placeholders. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=\"file1\",*.c",
                "name=file[!02-9]",
                "name~=file\\d name=*1",
                "RAW(name~=(file1|a&b%+c))",
                "name=file1 name~=.{5}",
                "name=\"file1\",\"a b\",\"#x\",\"50%\",\"a+b\"",
            })
    void characters(String filter) throws Exception {

        try (Testbed bed = bed(Map.of(), FILTER.formatted(filter) + SINK)) {
            bed.start().awaitAllCleared();
            assertThat(bed.sink.taken()).containsExactly(1L, 5L, 9L, 13L, 17L, 21L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size=5 | no changelog record carries the size",
                "type=CREATE | unknown record type 'CREATE'",
                "color=red | unknown key 'color', possible are"
            })
    void whatCannotBeAskedForStopsTheStart(String filter, String reason) throws Exception {
        try (Testbed bed = bed(Map.of(), FILTER.formatted(filter) + SINK)) {
            assertThatThrownBy(bed::start).hasStackTraceContaining(reason);
        }
    }

    @Test
    void aFieldThatTheEndpointLeavesOutStopsTheStart() throws Exception {
        try (Testbed bed = bed(Map.of("extraFlags", "nid"), FILTER.formatted("type=CREAT uid=0") + SINK)) {
            assertThatThrownBy(bed::start)
                    .hasStackTraceContaining("filter term 'uid=0': extraFlags takes uidgid out of the records");
        }
    }

    @Test
    void aBodyThatIsNoRecord() throws Exception {
        try (Testbed bed = bed(Map.of(), "- setBody: {constant: text}\n" + FILTER.formatted("name=a") + SINK)) {
            bed.start();
            bed.awaitFailure("takes a changelog record or a batch of them, and got java.lang.String");
            bed.endAtOnce();
        }
    }
}

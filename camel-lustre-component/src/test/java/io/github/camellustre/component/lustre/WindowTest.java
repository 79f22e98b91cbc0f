// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.window.WindowResult;
import io.github.camellustre.component.lustre.format.RecordForm;
import io.github.camellustre.component.lustre.window.LustreWindow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.util.concurrent.SynchronousExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows in a route: when they end, what comes out, and when their records are acknowledged. */
class WindowTest {
    private final List<Message> windows = Collections.synchronizedList(new ArrayList<>());
    private final Processor keep = exchange -> windows.add(exchange.getMessage().copy());

    private static String beans(String properties) {
        return """
                - beans:
                    - name: window
                      type: %s
                      properties: {%s}
                """.formatted(LustreWindow.class.getName(), properties);
    }

    private static String steps(String key, String completion) {
        return """
                - aggregate:
                    correlationExpression: {%s}
                    aggregationStrategy: window
                    %s
                    steps:
                      - process: {ref: keep}
                      - process: {ref: sink}
                """.formatted(key, completion);
    }

    private Testbed bed(Map<String, Object> options, String properties, String key, String completion) {
        return new Testbed().bind("keep", keep).with(beans(properties)).route("r", options, steps(key, completion));
    }

    private Testbed bed(Map<String, Object> options, String properties) {
        return bed(options, properties, "constant: all", "");
    }

    private static Map<String, Object> batching(int maxBatch) {
        Map<String, Object> options = new HashMap<>();
        options.put("batching", true);
        options.put("maxBatch", maxBatch);
        return options;
    }

    private static WindowResult result(Message message) {
        return message.getHeader(LustreConstants.WINDOW, WindowResult.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void holdsItsRecordsUntilItIsDelivered(boolean batching) throws Exception {
        // batches that come again have other sizes: a rest that fills no window ends by itself
        try (Testbed bed =
                bed(batching ? batching(3) : Map.of(), "size: 6", "constant: all", "completionTimeout: 1000")) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void endsAtItsSizeInRecordsWhateverTheBatches() throws Exception {
        try (Testbed bed = bed(batching(4), "size: 8")) {
            bed.source.write(24);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.sizes()).containsOnly(8);
        }
    }

    @Test
    void aWindowThatNothingElseEndsEndsAtItsMaxDelay() throws Exception {
        try (Testbed bed = bed(Map.of(), "maxDelay: 200ms")) {
            bed.source.write(5);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).isEqualTo(Testbed.indexes(1, 5));
        }
    }

    @Test
    void aWindowThatIsNeverQuietEndsAtItsMaxDelay() throws Exception {
        try (Testbed bed = bed(Map.of(), "maxDelay: 200ms", "constant: all", "completionTimeout: 60000")) {
            bed.start();
            await().until(() -> {
                bed.source.write(1);
                return bed.sink.arrived() > 1;
            });
        }
    }

    @Test
    void anErrorOfOneWindowDoesNotStopTheClockOfTheOthers() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        ExecutorService threads = new SynchronousExecutorService() {
            @Override
            public void execute(Runnable work) {
                if (broken.getAndSet(false)) {
                    throw new Error("no thread");
                }
                super.execute(work);
            }
        };
        try (Testbed bed = bed(Map.of(), "maxDelay: 200ms", "constant: all", "executorService: threads")) {
            bed.bind("threads", threads);
            bed.source.write(1);
            bed.start();
            await().untilFalse(broken);
            bed.source.write(1);
            await().until(() -> bed.sink.taken().contains(2L));
        }
    }

    @Test
    void atTheBoundOfRecordsTheOldestGoesOutEarly() throws Exception {
        try (Testbed bed = bed(Map.of(), "maxRecords: 3, maxDelay: 1h", "simple: \"${header.CamelLustreFid}\"", "")) {
            bed.source.write(3);
            bed.start();
            await().until(() -> bed.sink.taken().equals(List.of(1L)));
            assertThat(bed.position()).isLessThanOrEqualTo(1);
            bed.source.write(1);
            await().until(() -> bed.sink.taken().equals(List.of(1L, 2L)));
        }
    }

    @Test
    void theOnlyWindowThatReachesTheBoundOfBytesEnds() throws Exception {
        try (Testbed bed = bed(Map.of(), "maxBytes: 200, maxDelay: 1h")) {
            bed.source.write(24);
            bed.start();
            await().until(() -> bed.sink.arrived() > 4);
            assertThat(bed.sink.sizes()).allMatch(size -> size < 6);
        }
    }

    @Test
    void whatAnEarlierRecordStandsForIsAcknowledgedWithIt() throws Exception {
        try (Testbed bed = bed(Map.of(), "coalesce: restat, size: 12")) {
            bed.source.write(12);
            bed.sink.hold();
            bed.start();
            bed.awaitArrival();
            bed.staysUnacknowledged();
            bed.sink.take();
            bed.awaitAllCleared();
            WindowResult result = result(windows.get(0));
            assertThat(bed.sink.taken()).hasSizeLessThan(12);
            assertThat(result.cancelled().count() + result.counts().kept()).isEqualTo(12);
        }
    }

    @Test
    void aRecordSaysWhichOthersItStandsFor() throws Exception {
        try (Testbed bed = bed(Map.of(), "coalesce: restat, size: 4")) {
            bed.source
                    .write(RecordType.CREAT, 1)
                    .write(RecordType.CLOSE, 1)
                    .write(RecordType.CREAT, 2)
                    .write(RecordType.SATTR, 1);
            bed.start();
            bed.awaitAllCleared();
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            RecordForm.lines.write(windows.get(0).getBody(ChangelogBatch.class), json);
            assertThat(json.toString(StandardCharsets.UTF_8).lines())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .contains("\"index\":1,")
                                    .endsWith(",\"standsFor\":[\"fs-MDT0000/1-2\",\"fs-MDT0000/4\"]}"),
                            second ->
                                    assertThat(second).contains("\"index\":3,").doesNotContain("standsFor"));
        }
    }

    @Test
    void splitsIntoItsGroups() throws Exception {
        try (Testbed bed = new Testbed()
                .bind("keep", keep)
                .with(beans("size: 5, group: fid, order: hottest"))
                .route("""
                        - aggregate:
                            correlationExpression: {constant: all}
                            aggregationStrategy: window
                            steps:
                              - split:
                                  expression: {ref: lustreByGroup}
                                  steps:
                                    - process: {ref: keep}
                                    - process: {ref: sink}
                        """)) {
            bed.source
                    .write(RecordType.CREAT, 1)
                    .write(RecordType.CREAT, 2)
                    .write(RecordType.CLOSE, 2)
                    .write(RecordType.CLOSE, 1)
                    .write(RecordType.SATTR, 2);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsExactly(2L, 3L, 5L, 1L, 4L);
            assertThat(windows.get(0).getHeaders())
                    .containsEntry(LustreConstants.GROUP, ScriptedSource.fid(2).toString())
                    .containsEntry(LustreConstants.COUNT, 3)
                    .containsEntry(LustreConstants.RECEIVED, 3)
                    .containsEntry(LustreConstants.MDT, "fs-MDT0000");
        }
    }

    @Test
    void whatIsNoWindowCannotBeSplitIntoGroups() throws Exception {
        try (Testbed bed = new Testbed().route("""
                - doTry:
                    steps:
                      - split: {expression: {ref: lustreByGroup}, steps: [{process: {ref: sink}}]}
                    doCatch:
                      - exception: [java.lang.IllegalArgumentException]
                        steps:
                          - to: mock:refused
                """)) {
            bed.source.write(1);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.context
                            .getEndpoint("mock:refused", MockEndpoint.class)
                            .getExchanges())
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                            .hasMessageContaining("right behind the aggregate step"));
        }
    }

    @Test
    void aWindowOfWhichNothingIsLeftAdvancesTheClear() throws Exception {
        try (Testbed bed = bed(Map.of(), "coalesce: restat, size: 2")) {
            bed.source.write(RecordType.CREAT, 1).write(RecordType.UNLNK, 1);
            bed.sink.hold();
            bed.start();
            bed.awaitArrival();
            bed.staysUnacknowledged();
            bed.sink.take();
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).isEmpty();
            assertThat(result(windows.get(0)).cancelled()).hasToString("fs-MDT0000:1-2");
        }
    }

    @Test
    void saysWhatItIsInItsHeaders() throws Exception {
        try (Testbed bed = new Testbed()
                .bind("keep", keep)
                .with(beans("size: 4, group: fid"))
                .route("""
                - setHeader: {name: mine, constant: kept}
                """ + steps("constant: all", ""))) {
            bed.source.write(8);
            bed.start();
            bed.awaitAllCleared();
            assertThat(windows).hasSize(2);
            assertThat(windows.get(1).getHeaders())
                    .containsEntry(LustreConstants.MDT, "fs-MDT0000")
                    .containsEntry(LustreConstants.FIRST_INDEX, 5L)
                    .containsEntry(LustreConstants.LAST_INDEX, 8L)
                    .containsEntry(LustreConstants.COUNT, 4)
                    .containsEntry("mine", "kept")
                    .doesNotContainKeys(LustreConstants.INDEX, LustreConstants.TYPE, LustreConstants.FID);
            assertThat(result(windows.get(1)).groups()).hasSize(4);
        }
    }

    @Test
    void eachAggregatorHasWindowsOfItsOwn() throws Exception {
        try (Testbed bed = new Testbed()
                .bind("keep", keep)
                .with(beans("size: 6"))
                .route("""
                - multicast:
                    steps:
                      - pipeline:
                          steps:
                %s
                      - pipeline:
                          steps:
                %s
                """.formatted(
                                steps("constant: all", "").indent(12).stripTrailing(),
                                steps("constant: all", "").indent(12).stripTrailing()))) {
            bed.source.write(12);
            bed.start();
            bed.awaitAllCleared();
            assertThat(bed.sink.sizes()).containsExactly(6, 6, 6, 6);
        }
    }

    @Test
    void whatIsNoRecordFails() throws Exception {
        try (Testbed bed =
                new Testbed().bind("keep", keep).with(beans("size: 1")).route("""
                - setBody: {constant: text}
                """ + steps("constant: all", ""))) {
            bed.source.write(1);
            bed.start();
            await().until(() -> bed.consumer("r").failed() > 0);
            assertThat(bed.source.clears).isEmpty();
            bed.endAtOnce();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "coalesce: all, net-effect",
        "group: directory, parent",
        "order: newest, hottest",
        "size: -1, a number of records is needed",
        "maxDelay: 0, a time above zero is needed",
        "maxRecords: 0, a number above zero is needed",
        "servers: mds1, names no server"
    })
    void optionsThatCannotBe(String property, String message) throws Exception {
        try (Testbed bed = bed(Map.of(), property)) {
            assertThatThrownBy(bed::start).hasStackTraceContaining(message);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a simulated MDT of 3,000 records does that was told to misbehave. */
class SimulatedFaultsTest {
    private static final String MDT = "lustre-MDT0000";
    private static final int ALL = 3_000;

    @TempDir
    private Path data;

    private final AtomicLong clock = new AtomicLong();
    private SimulatedFileSystem source;

    @BeforeEach
    void simulateWithoutFaults() throws SourceException {
        simulate();
    }

    private void simulate(String... options) throws SourceException {
        Map<String, String> given = new HashMap<>(Map.of("rate", "0", "records", String.valueOf(ALL)));
        for (String option : options) {
            given.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        source = new SimulatedFileSystem(SimulatorOptions.parse(given), clock::get);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private static List<Long> indexes(List<ChangelogRecord> records) {
        return records.stream().map(ChangelogRecord::index).toList();
    }

    private List<ChangelogRecord> readFrom(long index) throws SourceException {
        try (ChangelogStream stream = source.open(MDT, index)) {
            return Streams.take(stream, 10_000);
        }
    }

    /** Reads up to the error that must come, of which it returns the index it came at. */
    private long readUntilError(long from, String errno) throws SourceException {
        List<Long> read = new ArrayList<>();
        try (ChangelogStream stream = source.open(MDT, from)) {
            assertThatThrownBy(() -> {
                        for (var block = stream.read(10_000, 1 << 20);
                                !block.isEmpty();
                                block = stream.read(10_000, 1 << 20)) {
                            for (int i = 0; i < block.count(); i++) {
                                read.add(block.index(i));
                            }
                        }
                    })
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining(MDT)
                    .hasMessageContaining(errno);
        }
        return read.isEmpty() ? from : read.get(read.size() - 1) + 1;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 500, 1024, 1025, ALL})
    void aReadFailsAtItsRecordAndThenNoMore(long at) throws Exception {
        simulate("faults=read:EIO@" + at + "x2");

        assertThat(readUntilError(1, "EIO")).isEqualTo(at);
        assertThat(readUntilError(at, "EIO")).isEqualTo(at);
        assertThat(indexes(readFrom(at)))
                .containsExactly(LongStream.rangeClosed(at, ALL).boxed().toArray(Long[]::new));
    }

    @Test
    void aReadFailsForATime() throws Exception {
        simulate("faults=read:ESHUTDOWN@500/2s");

        assertThat(readUntilError(1, "ESHUTDOWN")).isEqualTo(500);
        pass(1_999);
        assertThat(readUntilError(500, "ESHUTDOWN")).isEqualTo(500);
        pass(1);
        assertThat(readFrom(500)).hasSize(ALL - 499);
    }

    @Test
    void onlySomeErrorsPass() throws Exception {
        simulate("faults=read:EIO@1;clear:EACCES@1");

        assertThatThrownBy(() -> readFrom(1)).hasFieldOrPropertyWithValue("retryable", true);
        assertThatThrownBy(() -> source.clear(MDT, "cl1", 1)).hasFieldOrPropertyWithValue("retryable", false);
    }

    @Test
    void aClearFailsFromAnIndexOn() throws Exception {
        simulate("faults=clear:EIO@100x2");

        source.clear(MDT, "cl1", 99);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> source.clear(MDT, "cl1", 200)).hasMessageContaining("EIO");
        }
        source.clear(MDT, "cl1", 200);
        assertThat(source.mark(MDT, "cl1")).hasValue(200);
    }

    @Test
    void anEndedHandleIsDeadUntilItIsOpenedAnew() throws Exception {
        simulate("faults=end@500");

        try (ChangelogStream stream = source.open(MDT, 1)) {
            assertThat(Streams.take(stream, 499)).hasSize(499);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> stream.read(10, 1_000))
                        .hasMessageContaining("end of stream")
                        .hasFieldOrPropertyWithValue("retryable", true);
            }
            assertThat(stream.finished()).isFalse();
        }
        assertThat(readFrom(500)).hasSize(ALL - 499);
    }

    @Test
    void anMdtIsAwayForATime() throws Exception {
        simulate("faults=gone@500/2s");

        assertThat(readUntilError(1, "ENODEV")).isEqualTo(500);
        assertThat(source.mdts()).containsExactly("lustre-MDT0001");
        assertThatThrownBy(() -> source.open(MDT, 1)).hasMessageContaining("ENODEV");
        assertThatThrownBy(() -> source.clear(MDT, "cl1", 1)).hasMessageContaining("ENODEV");
        pass(2_000);
        assertThat(source.mdts()).contains(MDT);
        assertThat(readFrom(1)).hasSize(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x10", "1020x10", "2991x10"})
    void recordsOfAGapWereNeverWritten(String gap) throws Exception {
        simulate("faults=gap@" + gap);

        List<Long> read = indexes(readFrom(1));
        long first = Long.parseLong(gap.substring(0, gap.indexOf('x')));
        assertThat(read).hasSize(ALL - 10).isSorted().doesNotContain(first, first + 9);
        try (ChangelogStream stream = source.open(MDT, ALL + 1L)) {
            assertThat(stream.finished()).isTrue();
        }
    }

    @Test
    void aLateRecordComesBehindSoManyOthers() throws Exception {
        simulate("faults=late@500x2;late@2999x100");

        List<Long> read = indexes(readFrom(1));
        assertThat(read).hasSize(ALL).doesNotHaveDuplicates();
        assertThat(read.subList(498, 503)).containsExactly(499L, 501L, 502L, 500L, 503L);
        assertThat(read).endsWith(2_998L, 3_000L, 2_999L);
    }

    @Test
    void recordsAreRepeatedOnce() throws Exception {
        simulate("faults=repeat@500x3");

        List<Long> read = indexes(readFrom(1));
        assertThat(read).hasSize(ALL + 3);
        assertThat(read.subList(497, 505)).containsExactly(498L, 499L, 500L, 498L, 499L, 500L, 501L, 502L);
    }

    @Test
    void aUserRegisteredLaterFindsOlderRecords() throws Exception {
        simulate("users=2", "faults=register:cl2@700");

        assertThat(source.mark(MDT, "cl2")).hasValue(700);
        assertThat(indexes(readFrom(1))).startsWith(1L, 2L);
        assertThatThrownBy(() -> source.clear(MDT, "cl2", 699)).hasMessageContaining("EINVAL");
    }

    @Test
    void aUserIsRemovedAndItsRecordsWithIt() throws Exception {
        simulate("users=2", "faults=deregister:cl2@800/1s");

        source.clear(MDT, "cl1", 300);
        assertThat(indexes(readFrom(1))).startsWith(1L);
        pass(1_000);
        assertThat(indexes(readFrom(1))).startsWith(301L);
        assertThatThrownBy(() -> source.clear(MDT, "cl2", 900))
                .hasMessageContaining("ENOENT")
                .hasMessageContaining("cl1");
        source.clear(MDT, "cl1", 900);
    }

    @Test
    void withoutAUserNothingIsRecorded() throws Exception {
        simulate("faults=deregister:cl1@800");

        assertThat(readFrom(1)).hasSizeLessThan(ALL);
        assertThat(readFrom(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refuse", "destroy", "ignore"})
    void aClearBelowTheMarkIsAnsweredAsTheGenerationDoes(String belowMark) throws Exception {
        simulate("users=3", "belowMark=" + belowMark);
        source.clear(MDT, "cl2", 300);

        if (belowMark.equals("refuse")) {
            assertThatThrownBy(() -> source.clear(MDT, "cl2", 299)).hasMessageContaining("EINVAL");
        } else {
            source.clear(MDT, "cl2", 299);
        }

        source.clear(MDT, "cl1", 10);
        if (belowMark.equals("destroy")) {
            for (String user : List.of("cl2", "cl3")) {
                assertThatThrownBy(() -> source.clear(MDT, user, 400)).hasMessageContaining("ENOENT");
            }
        } else {
            assertThat(source.mark(MDT, "cl2")).hasValue(300);
            assertThat(source.mark(MDT, "cl3")).hasValue(0);
        }
    }

    @Test
    void indexesStartAnewWithOtherRecordsAndNewUsers() throws Exception {
        simulate("faults=reset@1500/1s");

        ChangelogStream quiet = source.open(MDT, 1);
        List<ChangelogRecord> old = Streams.take(quiet, 10_000);
        assertThat(old).hasSize(1_500);
        source.clear(MDT, "cl1", 1_000);
        assertThat(source.newest(MDT)).hasValue(1_500);
        pass(1_000);

        assertThat(quiet.read(10, 1_000).isEmpty()).isTrue();
        assertThat(source.newest(MDT)).hasValue(1_500);
        assertThat(source.mark(MDT, "cl1")).hasValue(0);
        List<ChangelogRecord> fresh = readFrom(1);
        assertThat(indexes(fresh))
                .containsExactly(LongStream.rangeClosed(1, 1_500).boxed().toArray(Long[]::new));
        assertThat(fresh.get(0).time()).isAfter(old.get(1_499).time());
        quiet.close();
    }

    @Test
    void aResetIsRemembered() throws Exception {
        simulate("faults=reset@1500", "data=" + data);
        readFrom(1);
        List<ChangelogRecord> fresh = readFrom(1);
        source.clear(MDT, "cl1", 1_400);
        source.close();

        simulate("faults=reset@1500", "data=" + data);
        assertThat(source.newest(MDT)).hasValue(1_500);
        assertThat(source.mark(MDT, "cl1")).hasValue(1_400);
        assertThat(readFrom(1)).isEqualTo(fresh.subList(1_400, 1_500));
    }

    @Test
    void marksAndNewestCanBeHidden() throws Exception {
        simulate("hidden=true");

        assertThat(source.mark(MDT, "cl1")).isEmpty();
        assertThat(source.newest(MDT)).isEmpty();
        assertThatThrownBy(() -> source.mark(MDT, "cl9")).hasMessageContaining("ENOENT");
    }

    @Test
    void theSamePlanGivesTheSameStream() throws Exception {
        String plan = "gap@100x5;late@300x7;repeat@900x2;reset@2000";
        List<List<ChangelogRecord>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (ChangelogSource fresh = Streams.source("simulator:rate=0,records=3000,faults=" + plan);
                    ChangelogStream stream = fresh.open(MDT, 1)) {
                runs.add(Streams.take(stream, 10_000));
            }
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1)).hasSizeGreaterThan(1_000);
    }
}

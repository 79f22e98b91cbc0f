// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.Streams;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedClockTest {
    private static final String MDT = "lustre-MDT0000";
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void aLogGrowsWithTheClock() throws Exception {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        try (SimulatedFileSystem source = new SimulatedFileSystem(
                        SimulatorOptions.parse(Map.of("rate", "200", "records", "900")), now::get);
                ChangelogStream stream = source.open(MDT, 1)) {
            assertThat(source.newest(MDT)).hasValue(0);
            assertThat(stream.read(1000, 1 << 20).isEmpty()).isTrue();

            now.addAndGet(1_000_000_000L);
            assertThat(source.newest(MDT)).hasValue(200);
            assertThat(Streams.take(stream, 1000)).hasSize(200);
            assertThatThrownBy(() -> source.clear(MDT, "cl1", 201)).hasMessageContaining("EINVAL");

            now.addAndGet(4_999_999L);
            assertThat(source.newest(MDT)).hasValue(200);
            now.addAndGet(1);
            assertThat(source.newest(MDT)).hasValue(201);

            assertThat(stream.finished()).isFalse();
            now.addAndGet(60_000_000_000L);
            assertThat(source.newest(MDT)).hasValue(900);
            assertThat(Streams.take(stream, 1000)).hasSize(700);
            assertThat(stream.finished()).isTrue();
        }
    }

    @Test
    void waitingEndsWhenARecordIsThere() throws Exception {
        try (ChangelogSource source = Streams.source("simulator:rate=20");
                ChangelogStream stream = source.open(MDT, 1)) {
            for (int i = 0; i < 3; i++) {
                assertThat(stream.await(LONG)).isTrue();
                assertThat(Streams.take(stream, 100)).isNotEmpty();
            }
            assertThat(stream.await(Duration.ofMillis(1))).isFalse();
        }
    }

    @Test
    void withoutARateARecordIsAlwaysThere() throws Exception {
        try (ChangelogSource source = Streams.source("simulator:rate=0");
                ChangelogStream stream = source.open(MDT, 1)) {
            assertThat(stream.await(Duration.ZERO)).isTrue();
        }
    }

    @Test
    void atTheEndWaitingIsInVain() throws Exception {
        try (ChangelogSource source = Streams.source("simulator:rate=0,records=10");
                ChangelogStream stream = source.open(MDT, 1)) {
            assertThat(stream.finished()).isFalse();
            assertThat(Streams.take(stream, 9)).hasSize(9);
            assertThat(stream.finished()).isFalse();
            assertThat(Streams.take(stream, 9)).hasSize(1);
            assertThat(stream.finished()).isTrue();
            assertThat(stream.read(10, 1 << 20).isEmpty()).isTrue();
            assertThat(stream.await(Duration.ofMillis(5))).isFalse();
        }
    }

    @Test
    void closingTheStreamEndsTheWait() throws Exception {
        try (ChangelogSource source = Streams.source("simulator:rate=1,records=5")) {
            ChangelogStream stream = source.open(MDT, 6);
            assertEndsTheWait(stream, stream::close);
        }
    }

    @Test
    void closingTheSourceEndsTheWait() throws Exception {
        ChangelogSource source = Streams.source("simulator:rate=1,records=5");
        assertEndsTheWait(source.open(MDT, 6), source::close);
        assertThatThrownBy(() -> source.open(MDT, 1)).isInstanceOf(SourceException.class);
    }

    private static void assertEndsTheWait(ChangelogStream stream, Runnable close) throws Exception {
        CompletableFuture<Boolean> waiting = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                waiting.complete(stream.await(LONG));
            } catch (SourceException | InterruptedException e) {
                waiting.completeExceptionally(e);
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

        close.run();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isFalse();
        assertThatThrownBy(() -> stream.read(1, 1_000)).isInstanceOf(SourceException.class);
    }

    @Test
    void aReadIsBoundedInRecordsAndBytes() throws Exception {
        try (ChangelogSource source = Streams.source("simulator:rate=0");
                ChangelogStream stream = source.open(MDT, 1)) {
            assertThat(stream.read(5, 1 << 20).count()).isEqualTo(5);
            RecordBlock block = stream.read(1_000, 2_000);
            assertThat(block.length()).isBetween(1_000, 2_000);
            assertThat(block.index(0)).isEqualTo(6);
            assertThat(stream.read(1_000, 1).count()).as("at least one").isEqualTo(1);
            assertThat(stream.read(0, 1_000).isEmpty()).isTrue();
        }
    }

    @Test
    void beyondTheEndNothingComes() throws Exception {
        try (ChangelogSource source = Streams.source("simulator:rate=10");
                ChangelogStream stream = source.open(MDT, Long.MAX_VALUE)) {
            assertThat(stream.read(1, 1_000).isEmpty()).isTrue();
            assertThat(stream.await(Duration.ofMillis(5))).isFalse();
        }
    }
}

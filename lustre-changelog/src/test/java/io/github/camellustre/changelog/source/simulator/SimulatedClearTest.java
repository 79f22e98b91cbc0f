// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.Streams;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of facts 4, Lustre 2.17.0; the log has 1,244 records and cl1 has cleared up to 100. */
class SimulatedClearTest {
    private static final String MDT = "lustre-MDT0000";
    private ChangelogSource source;

    @BeforeEach
    void open() throws Exception {
        source = Streams.source("simulator:rate=0,records=1244,users=2");
        source.clear(MDT, "cl1", 100);
    }

    @AfterEach
    void close() {
        source.close();
    }

    @ParameterizedTest
    @CsvSource({
        "cl1, 100, 100",
        "cl1, 101, 101",
        "cl1, 1244, 1244",
        "cl1, 0, 1244",
        "cl1-anything, 500, 500",
        "cl1-, 500, 500",
    })
    void isDone(String id, long index, long mark) throws Exception {
        source.clear(MDT, id, index);

        assertThat(source.mark(MDT, "cl1")).hasValue(mark);
        assertThat(source.mark(MDT, "cl2")).hasValue(0);
    }

    @Test
    void theSameIndexAgainIsDone() throws Exception {
        source.clear(MDT, "cl1", 1244);
        source.clear(MDT, "cl1", 1244);
        source.clear(MDT, "cl1", 0);

        assertThat(source.mark(MDT, "cl1")).hasValue(1244);
    }

    @ParameterizedTest
    @CsvSource({
        "cl1, 99, EINVAL",
        "cl1, 1245, EINVAL",
        "cl1, -1, EINVAL",
        "cl77, 200, ENOENT",
        "cl3, 0, ENOENT",
        "cl0, 200, ENOENT",
        "cl77, 1245, EINVAL",
        "robin, 200, EINVAL",
        "clx, 200, EINVAL",
        "'', 200, EINVAL",
        "cl1junk, 200, EINVAL",
        "1, 200, EINVAL",
    })
    void isRefused(String id, long index, String errno) throws Exception {
        assertThatThrownBy(() -> source.clear(MDT, id, index))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(MDT)
                .hasMessageContaining(errno)
                .extracting(e -> ((SourceException) e).isRetryable())
                .isEqualTo(false);
        assertThat(source.mark(MDT, "cl1")).hasValue(100);
    }

    @Test
    void anUnknownMdtIsNotThere() {
        assertThatThrownBy(() -> source.clear("lustre-MDT0009", "cl1", 5)).hasMessageContaining("ENOENT");
        assertThatThrownBy(() -> source.open("lustre-MDT0009", 1)).hasMessageContaining("lustre-MDT0001");
        assertThatThrownBy(() -> source.mark("lustre-MDT0009", "cl1")).isInstanceOf(SourceException.class);
        assertThat(source.newest("lustre-MDT0009")).isEmpty();
    }

    @Test
    void recordsStayUntilAllUsersClearedThem() throws Exception {
        source.clear(MDT, "cl1", 1000);
        assertThat(firstFrom(1)).isEqualTo(1);

        source.clear(MDT, "cl2", 300);
        assertThat(firstFrom(0)).isEqualTo(301);
        assertThat(firstFrom(50)).isEqualTo(301);
        assertThat(firstFrom(700)).isEqualTo(700);

        source.clear(MDT, "cl2", 1200);
        assertThat(firstFrom(1)).as("cl1 still needs it").isEqualTo(1001);
        assertThat(source.mark("lustre-MDT0001", "cl1")).hasValue(0);
    }

    @Test
    void withEverythingClearedNothingIsLeft() throws Exception {
        source.clear(MDT, "cl1", 0);
        source.clear(MDT, "cl2", 0);

        try (ChangelogStream stream = source.open(MDT, 1)) {
            assertThat(stream.finished()).isTrue();
            assertThat(stream.read(10, 10_000).isEmpty()).isTrue();
        }
    }

    @Test
    void anEndlessLogHasOnlyWhatWasRead() throws Exception {
        try (ChangelogSource endless = Streams.source("simulator:rate=0");
                ChangelogStream stream = endless.open(MDT, 1)) {
            assertThat(Streams.take(stream, 500)).hasSize(500);
            assertThat(endless.newest(MDT)).hasValue(500);
            assertThatThrownBy(() -> endless.clear(MDT, "cl1", 501)).hasMessageContaining("EINVAL");
            endless.clear(MDT, "cl1", 500);
        }
    }

    @Test
    void openBelowTheFirstIndexIsRefused() {
        assertThatThrownBy(() -> source.open(MDT, -5))
                .hasMessageContaining("EINVAL")
                .hasMessageContaining("-5");
    }

    private long firstFrom(long index) throws SourceException {
        try (ChangelogStream stream = source.open(MDT, index)) {
            List<ChangelogRecord> records = Streams.take(stream, 1);
            return records.get(0).index();
        }
    }
}

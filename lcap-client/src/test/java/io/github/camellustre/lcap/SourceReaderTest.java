// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import static io.github.camellustre.lcap.LcapReaderTest.indexes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceSpec;
import io.github.camellustre.lcap.wire.Start;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same reader on Lustre itself. */
@Timeout(60)
class SourceReaderTest {
    private static final String USER = "cl1";

    @TempDir
    Path folder;

    private String log() {
        return "simulator:mdts=1,records=1000,rate=0,seed=1,data=" + folder;
    }

    private LcapReaderBuilder builder() throws LcapException {
        return LcapReader.builder().source(log(), USER).mdt("lustre-MDT0000");
    }

    /** What the MDT says that the user has cleared. */
    private OptionalLong mark() throws Exception {
        try (ChangelogSource source = SourceSpec.parse(log()).create()) {
            return source.mark("lustre-MDT0000", USER);
        }
    }

    @Test
    void whatIsAcknowledgedIsCleared() throws Exception {
        List<Long> received = new ArrayList<>();
        try (LcapReader reader = builder().batch(64).start()) {
            reader.forEachRecord(record -> received.add(record.index()));
        }
        assertThat(received).isEqualTo(indexes(1, 1_000));
        assertThat(mark()).hasValue(1_000);
    }

    @Test
    void whatIsNotAcknowledgedComesAgain() throws Exception {
        try (LcapReader reader = builder().batch(64).start()) {
            for (int i = 0; i < 100; i++) {
                ChangelogRecord record = reader.receive();
                if (i < 90) {
                    reader.clear(record.index());
                }
                assertThat(record.index()).isEqualTo(i + 1);
            }
        }
        assertThat(mark()).hasValue(90);
        try (LcapReader reader = builder().start()) {
            assertThat(reader.receive().index()).isEqualTo(91);
        }
    }

    @Test
    void aFilterIsApplied() throws Exception {
        try (LcapReader reader = builder().filter("type=CREAT").batch(64).start()) {
            List<ChangelogRecord> received = new ArrayList<>();
            reader.forEachBatch(received::addAll);
            assertThat(received)
                    .isNotEmpty()
                    .allMatch(record -> record.type().toString().equals("CREAT"));
        }
        assertThat(mark()).hasValue(1_000);
    }

    @Test
    void theFirstIndexCounts() throws Exception {
        try (LcapReader reader = builder().firstIndex(500).start()) {
            assertThat(reader.receive().index()).isEqualTo(500);
        }
    }

    @Test
    void withoutUserNothingIsCleared() throws Exception {
        try (LcapReader reader =
                LcapReader.builder().source(log(), "").mdt("lustre-MDT0000").start()) {
            reader.forEachBatch(batch -> {});
        }
        assertThat(mark()).hasValue(0);
    }

    @Test
    void errorsNameTheMdtAndWhatThereIs() {
        assertThatThrownBy(() -> LcapReader.builder()
                        .source(log(), USER)
                        .mdt("lustre-MDT0009")
                        .start())
                .isInstanceOf(LcapException.class)
                .hasMessage("lustre-MDT0009: there is no such MDT; the source offers [lustre-MDT0000]");
        assertThatThrownBy(() ->
                        LcapReader.builder().source("nonsense", USER).mdt("a").start())
                .isInstanceOf(LcapException.class)
                .hasMessageContaining("unknown source 'nonsense'");
    }

    @Test
    void closingEndsAWait() throws Exception {
        LcapReader reader = builder().flags(Start.FOLLOW).start();
        Thread application = new Thread(() -> reader.forEach(record -> reader.clear(record.index())));
        application.start();
        await().until(() -> application.getState() == Thread.State.TIMED_WAITING);
        reader.close();
        application.join();
    }
}

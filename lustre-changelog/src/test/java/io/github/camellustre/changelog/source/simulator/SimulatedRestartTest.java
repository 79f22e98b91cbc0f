// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.Streams;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedRestartTest {
    private static final String MDT = "lustre-MDT0001";
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path data;

    private final AtomicLong clock = new AtomicLong(-5 * SECOND);

    @Test
    void clearsAreRemembered() throws Exception {
        try (ChangelogSource source = open("users=2,rate=0,records=5000")) {
            source.clear(MDT, "cl1", 3000);
            source.clear(MDT, "cl2", 2000);
        }
        try (ChangelogSource source = open("users=2,rate=0,records=5000")) {
            assertThat(source.mark(MDT, "cl1")).hasValue(3000);
            assertThat(source.mark(MDT, "cl2")).hasValue(2000);
            assertThat(source.mark("lustre-MDT0000", "cl1")).hasValue(0);
            try (ChangelogStream stream = source.open(MDT, 1)) {
                assertThat(stream.read(1, 1).index(0)).isEqualTo(2001);
            }
        }
    }

    @Test
    void aClearIsOnTheDiskWhenItReturns() throws Exception {
        ChangelogSource killed = open("rate=0,records=5000");
        killed.clear(MDT, "cl1", 3000);

        try (ChangelogSource source = open("rate=0,records=5000")) {
            assertThat(source.mark(MDT, "cl1")).hasValue(3000);
        }
    }

    @Test
    void aUserWhoComesLaterStartsAtTheNewestRecord() throws Exception {
        try (ChangelogSource source = open("users=1,rate=0,records=5000")) {
            source.clear(MDT, "cl1", 3000);
        }
        try (ChangelogSource source = open("users=2,rate=0,records=5000")) {
            assertThat(source.mark(MDT, "cl1")).hasValue(3000);
            assertThat(source.mark(MDT, "cl2")).hasValue(5000);
        }
    }

    @Test
    void theRateAndTheUsersDoNotMatter() throws Exception {
        open("rate=0,seed=7,users=2").close();
        open("rate=500,seed=7,users=1").close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed=2", "mdts=3", "records=10", "fs=other"})
    void anotherStreamIsRefused(String option) throws Exception {
        open("rate=0").close();

        assertThatThrownBy(() -> open("rate=0," + option))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("another simulated file system")
                .hasMessageContaining(data.toString())
                .hasMessageContaining("name another folder");
    }

    @Test
    void aDamagedFileIsRefused() throws Exception {
        try (ChangelogSource source = open("rate=0,records=5000")) {
            source.clear(MDT, "cl1", 3000);
        }
        Path file = data.resolve(MDT + ".json");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> open("rate=0,records=5000"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(MDT + ".json")
                .hasMessageContaining("damaged");
    }

    @Test
    void marksThatCannotBeAreRefused() throws Exception {
        try (ChangelogSource source = open("rate=0,records=5000")) {
            source.clear(MDT, "cl1", 3000);
        }
        Path file = data.resolve(MDT + ".json");
        Files.writeString(file, Files.readString(file).replace("3000", "999999"));

        assertThatThrownBy(() -> open("rate=0,records=5000")).hasMessageContaining("damaged");
    }

    @Test
    void afterACloseTheLogGoesOnWhereItStood() throws Exception {
        try (SimulatedFileSystem source = withClock("rate=1000")) {
            clock.addAndGet(3 * SECOND);
            assertThat(source.newest(MDT)).hasValue(3000);
        }
        clock.addAndGet(3600 * SECOND);
        try (SimulatedFileSystem source = withClock("rate=1000")) {
            assertThat(source.newest(MDT)).hasValue(3000);
            clock.addAndGet(2 * SECOND);
            assertThat(source.newest(MDT)).hasValue(5000);
        }
    }

    /** A shorter log would look to a reader as if its position lay in another life of the MDT. */
    @Test
    void afterACrashTheLogIsNotShorterThanWhatWasDelivered() throws Exception {
        SimulatedFileSystem killed = withClock("rate=1000");
        clock.addAndGet(30 * SECOND);
        try (ChangelogStream stream = killed.open(MDT, 1)) {
            assertThat(Streams.take(stream, 29_000)).hasSize(29_000);
        }
        try (SimulatedFileSystem source = withClock("rate=1000")) {
            assertThat(source.newest(MDT).getAsLong()).isBetween(29_000L, 40_000L);
        }
    }

    @Test
    void withoutAFolderNothingIsKept() throws Exception {
        try (ChangelogSource source = Streams.source("simulator:rate=0,records=50")) {
            source.clear(MDT, "cl1", 50);
        }
        try (ChangelogSource source = Streams.source("simulator:rate=0,records=50")) {
            assertThat(source.mark(MDT, "cl1")).hasValue(0);
        }
        assertThat(data).isEmptyDirectory();
    }

    private ChangelogSource open(String options) throws SourceException {
        return Streams.source("simulator:" + options + ",data=" + data);
    }

    private SimulatedFileSystem withClock(String options) throws SourceException {
        SimulatorOptions kept =
                SimulatorOptions.parse(Map.of("rate", options.substring("rate=".length()), "data", data.toString()));
        return new SimulatedFileSystem(kept, clock::get);
    }
}

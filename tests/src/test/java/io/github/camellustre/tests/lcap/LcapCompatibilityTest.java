// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.lcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.RecordBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that was built for lcapd reads from the daemon, and gets what lcapd would have given it. */
class LcapCompatibilityTest {
    private static final Path CAPTURES = Path.of("..", "captures").toAbsolutePath();
    private static final String MDT = "fs-MDT0000";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static Path capture(String set, String kind) {
        return CAPTURES.resolve(set).resolve(set + "-MDT0000." + kind + ".bin");
    }

    /** What lcapd opens a changelog with is CHANGELOG_FLAG_JOBID alone, whatever its clients' flags. */
    @ParameterizedTest
    @CsvSource({
        "zoo, raw-f1e-as-lfs, start",
        "zoo, raw-noioctl, start:0xf",
        "zoo, api-f0c-x0f-all, start:8",
        "ipv6nid, raw-f1e-as-lfs, start"
    })
    void theBytesAreThoseOfTheRealLibrary(String set, String kind, String start) throws Exception {
        byte[] expected = Files.readAllBytes(capture(set, "api-f04-jobid"));
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try (LcapDaemon daemon = LcapDaemon.start(folder, "--input", capture(set, kind) + "=" + MDT);
                LcapPeer peer = LcapPeer.connect(daemon.port())) {
            assertThat(peer.say("ask " + MDT + " " + start)).isEqualTo("ack 0");
            while (got.size() < expected.length) {
                got.write(LcapPeer.records(batch(peer)));
                assertThat(peer.say("ask " + MDT + " clear:0")).isEqualTo("ack 0");
            }
            assertThat(peer.say("ask " + MDT + " dequeue")).as("the end").isEqualTo("ack 1");
            assertThat(peer.say("ask " + MDT + " fini")).isEqualTo("ack 0");
            assertThat(daemon.process().exitCode()).isZero();
        }
        assertThat(got.toByteArray()).isEqualTo(expected);
    }

    /** The first records may take a moment. */
    private static String batch(LcapPeer peer) throws IOException {
        String answer = peer.say("ask " + MDT + " dequeue");
        while (answer.equals("ack 1")) {
            answer = peer.say("ask " + MDT + " dequeue");
        }
        assertThat(answer).matches(LcapPeer::isBatch);
        return answer;
    }

    /** Reads to the end, clears each batch at its last record and says FINI, as lcapd's own tool. */
    @Test
    void aReaderProgramReadsToTheEnd() throws Exception {
        Path log = folder.resolve("reader.log");
        try (LcapDaemon daemon = LcapDaemon.start(folder, "--input", capture("zoo", "raw-f1e-as-lfs") + "=" + MDT)) {
            // it would take "nothing yet" for the end
            try (LcapPeer before = LcapPeer.connect(daemon.port())) {
                assertThat(before.say("ask " + MDT + " start")).isEqualTo("ack 0");
                batch(before);
                assertThat(before.say("ask " + MDT + " fini")).isEqualTo("ack 0");
            }
            assertThat(read(daemon.port(), log, "--mdt", MDT)).isZero();
            assertThat(daemon.process().exitCode()).isZero();
        }
        try (Stream<String> lines = Files.lines(log)) {
            assertThat(lines.map(line -> Integer.parseInt(line.split(" ")[1])))
                    .isEqualTo(Stream.iterate(1, index -> index + 1).limit(1215).toList());
        }
    }

    /** What is larger than the old client's receive buffer of 8 MiB, the peer reports as an error as that client does. */
    @Test
    void noAnswerIsLargerThanTheOldClientsBuffer() throws Exception {
        try (LcapDaemon daemon = LcapDaemon.start(
                        folder,
                        "--source",
                        "simulator:mdts=1,rate=0",
                        "--set",
                        "camel.component.lustre.maxInFlight=200000",
                        "--set",
                        "camel.component.lcap.configuration.minBatch=200000",
                        "--set",
                        "camel.component.lcap.configuration.maxBatch=200000");
                LcapPeer peer = LcapPeer.connect(daemon.port())) {
            assertThat(peer.say("ask lustre-MDT0000 start")).isEqualTo("ack 0");
            await().atMost(PATIENCE).until(() -> {
                String answer = peer.say("ask lustre-MDT0000 dequeue");
                assertThat(answer).doesNotStartWith("error");
                peer.say("ask lustre-MDT0000 clear:0");
                return LcapPeer.isBatch(answer) && LcapPeer.records(answer).length > 4 << 20;
            });
        }
    }

    /** Its next request is answered, and who starts anew gets everything from the first record that was not cleared. */
    @Test
    void aClientThatOutlivesTheServerStartsAnewAndMissesNothing() throws Exception {
        String[] source = {"--source", "simulator:mdts=1,rate=0,fs=fs", "--user", "cl1"};
        try (LcapDaemon first = LcapDaemon.start(folder, source);
                LcapPeer peer = LcapPeer.connect(first.port())) {
            assertThat(peer.say("ask " + MDT + " start")).isEqualTo("ack 0");
            RecordBlock cleared = RecordBlock.frame(MDT, LcapPeer.records(batch(peer)));
            assertThat(peer.say("ask " + MDT + " clear:0")).isEqualTo("ack 0");
            batch(peer);
            first.process().kill();
            try (LcapDaemon second = LcapDaemon.start(folder, first.port(), source)) {
                assertThat(second.port()).isEqualTo(first.port());
                assertThat(peer.say("ask " + MDT + " clear:0")).isEqualTo("ack -71");
                assertThat(peer.say("ask " + MDT + " dequeue")).isEqualTo("ack -71");
                assertThat(peer.say("ask " + MDT + " start")).isEqualTo("ack 0");
                RecordBlock again = RecordBlock.frame(MDT, LcapPeer.records(batch(peer)));
                assertThat(again.index(0)).isLessThanOrEqualTo(cleared.index(cleared.count() - 1) + 1);
            }
        }
    }

    private static int read(int port, Path log, String... arguments) throws IOException, InterruptedException {
        List<String> all = Stream.concat(
                        Stream.of("--server", "tcp://127.0.0.1:" + port, "--log", log.toString()), Stream.of(arguments))
                .toList();
        return new ProcessBuilder(LcapPrograms.command("reader.py", all))
                .inheritIO()
                .start()
                .waitFor();
    }
}

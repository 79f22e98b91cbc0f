// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camellustre.changelog.ack.AckRepositoryException;
import io.github.camellustre.changelog.ack.FileAckRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A state folder that cannot be written or trusted: no checkpoint, no clear, nothing lost. */
@Timeout(120)
class StateFolderTest {
    @TempDir
    private Path folder;

    /** A mounted file system of 64 KiB. */
    private record Mount(Path at) implements AutoCloseable {
        static Mount of(Path at) throws Exception {
            assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", at.toString()))
                    .as("needs the right to mount a tmpfs: run as root")
                    .isZero();
            return new Mount(at);
        }

        @Override
        public void close() {
            try {
                run("umount", "-l", at.toString());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static int run(String... command) throws Exception {
            Process process = new ProcessBuilder(command).inheritIO().start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }

    private interface Outage {
        void begin() throws Exception;

        void end() throws Exception;
    }

    private void survives(Outage outage, String words) throws Exception {
        try (FaultRig rig = new FaultRig(false, "records=300")) {
            rig.repository = new FileAckRepository(folder);
            outage.begin();
            rig.start();
            rig.awaitDelivered(300);
            await().atMost(FaultRig.PATIENCE).until(() -> rig.status().ledger().checkpointErrors() > 1);
            assertThat(rig.source.clears).isEmpty();
            assertThat(rig.status().clearProblem())
                    .contains(FaultRig.MDT)
                    .contains(folder.toString())
                    .contains(words)
                    .contains("nothing is cleared");
            assertThat(rig.log.lines(Level.ERROR))
                    .as("one line, not one an attempt")
                    .singleElement()
                    .asString()
                    .contains("cannot write the positions");
            assertThat(rig.service.isComplete()).isFalse();

            outage.end();
            rig.awaitComplete();
            assertThat(rig.source.clears).endsWith(300L);
            assertThat(rig.handler.indexes).isEqualTo(FaultRig.range(1, 300));
            assertThat(rig.log.lines(Level.INFO)).anyMatch(line -> line.contains("positions are on disk again"));
        }
    }

    @Test
    void aFullDisk() throws Exception {
        Path filler = folder.resolve("filler");
        try (Mount full = Mount.of(folder)) {
            assertThat(full.at()).isEqualTo(folder);
            survives(
                    new Outage() {
                        @Override
                        public void begin() throws IOException {
                            for (int kilobytes = 64; !Files.exists(filler); kilobytes--) {
                                try {
                                    Files.write(filler, new byte[kilobytes << 10]);
                                } catch (IOException e) {
                                    Files.delete(filler);
                                }
                            }
                        }

                        @Override
                        public void end() throws IOException {
                            Files.delete(filler);
                        }
                    },
                    "No space left");
        }
    }

    /** Root may write everywhere; so a folder stands where the file is to be written. */
    @Test
    void aFileThatCannotBeWritten() throws Exception {
        Path inTheWay = folder.resolve(FaultRig.MDT + ".cl1.json.new");
        survives(
                new Outage() {
                    @Override
                    public void begin() throws IOException {
                        Files.createDirectory(inTheWay);
                    }

                    @Override
                    public void end() throws IOException {
                        Files.delete(inTheWay);
                    }
                },
                "Is a directory");
    }

    /** Positions that cannot be trusted refuse the start: no record is delivered, nothing is cleared. */
    @Test
    void positionsThatCannotBeTrusted() throws Exception {
        try (FaultRig rig = new FaultRig(false, "records=300")) {
            rig.repository = new FileAckRepository(folder);
            rig.start();
            rig.awaitComplete();
            rig.stop();
            Path file = folder.resolve(FaultRig.MDT + ".cl1.json");
            byte[] good = Files.readAllBytes(file);
            byte[] changed = good.clone();
            changed[good.length / 2] ^= 1;
            rig.source.clears.clear();
            for (byte[] bad : List.of(changed, new byte[0], "not ours".getBytes(StandardCharsets.UTF_8))) {
                Files.write(file, bad);
                assertThatThrownBy(rig::start)
                        .isInstanceOf(AckRepositoryException.class)
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining("startFrom=INDEX");
            }
            Files.write(file, good);
            rig.start();
            rig.awaitComplete();
            assertThat(rig.handler.indexes).isEqualTo(FaultRig.range(1, 300));
            assertThat(rig.source.clears).allMatch(index -> index == 300);
        }
    }

    @Test
    void aSecondDaemonOnTheSameFolder() throws Exception {
        try (FaultRig rig = new FaultRig(false, "records=300")) {
            rig.repository = new FileAckRepository(folder);
            rig.start();
            assertThatThrownBy(() -> new FileAckRepository(folder))
                    .isInstanceOf(AckRepositoryException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("a changelog user of its own");
            rig.awaitComplete();
        }
    }
}

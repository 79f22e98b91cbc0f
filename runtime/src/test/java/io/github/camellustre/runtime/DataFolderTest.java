// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A data folder belongs to one source and one daemon, and remembers what was delivered. */
class DataFolderTest {
    private static final Path CAPTURES =
            Path.of("..", "captures").toAbsolutePath().normalize();
    private static final String ZOO =
            CAPTURES.resolve("zoo/zoo-MDT0000.raw-f1e-as-lfs.bin").toString();

    @TempDir
    Path folder;

    private DaemonProcess replay(String input, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--policies", "text", "--input", input));
        arguments.addAll(List.of(more));
        return DaemonProcess.run(folder, arguments.toArray(String[]::new));
    }

    @Test
    void aFinishedInputSaysThatThereIsNothingNew() throws Exception {
        assertThat(replay(ZOO).out()).contains("zoo-MDT0000 position 1215 cleared 1215", "Everything is delivered");
        Path output = folder.resolve("data/out/zoo-MDT0000.txt");
        assertThat(output).hasSameBinaryContentAs(CAPTURES.resolve("zoo/zoo-MDT0000.txt"));

        DaemonProcess again = replay(ZOO);
        assertThat(again.out()).contains("Nothing new");
        assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(output).hasSameBinaryContentAs(CAPTURES.resolve("zoo/zoo-MDT0000.txt"));
    }

    @Test
    void anotherInputIsRefusedAndFreshStartsOver() throws Exception {
        assertThat(replay(ZOO).exitCode()).isEqualTo(ExitCode.DONE);
        String other = CAPTURES.resolve("zoo/zoo-MDT0000.raw-noioctl.bin").toString();
        DaemonProcess refused = replay(other);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("zoo-MDT0000: the positions in", "--data DIR", "--fresh");

        DaemonProcess otherMdt = replay(
                CAPTURES.resolve("ipv6nid/ipv6nid-MDT0000.raw-f1e-as-lfs.bin").toString());
        assertThat(otherMdt.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(otherMdt.err()).contains("those of zoo-MDT0000", "it offers [ipv6nid-MDT0000]");

        Files.createDirectories(folder.resolve("data/archive"));
        Files.createDirectories(folder.resolve("data/replicate"));
        DaemonProcess fresh = replay(other, "--fresh");
        assertThat(fresh.exitCode()).as(fresh.err()).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("data/before-1/out/zoo-MDT0000.txt"))
                .hasSameBinaryContentAs(CAPTURES.resolve("zoo/zoo-MDT0000.txt"));
        assertThat(folder.resolve("data/before-1/archive")).exists();
        assertThat(folder.resolve("data/before-1/replicate")).exists();
        assertThat(Files.readAllLines(folder.resolve("data/state/zoo-MDT0000.cl1.json"))
                        .get(0))
                .contains("\"position\":1215");
        assertThat(folder.resolve("data/out/zoo-MDT0000.txt")).isNotEmptyFile();
    }

    @Test
    void freshForgetsNothingForASourceThatThereIsNot() throws Exception {
        assertThat(replay(ZOO).exitCode()).isEqualTo(ExitCode.DONE);
        DaemonProcess refused = DaemonProcess.run(folder, "run", "--fresh", "--source", "devise");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("unknown source 'devise'");
        assertThat(folder.resolve("data/state/zoo-MDT0000.cl1.json")).exists();
        assertThat(folder.resolve("data/before-1")).doesNotExist();
    }

    @Test
    void anotherSeedIsRefusedAndFreshStartsOver() throws Exception {
        String[] first = {"run", "--source", "simulator:mdts=1,records=100,rate=0,seed=1"};
        assertThat(DaemonProcess.run(folder, first).exitCode()).isEqualTo(ExitCode.DONE);
        DaemonProcess refused =
                DaemonProcess.run(folder, "run", "--source", "simulator:mdts=1,records=100,rate=0,seed=2");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("seed=1", "seed=2", "--fresh");
        DaemonProcess fresh =
                DaemonProcess.run(folder, "run", "--fresh", "--source", "simulator:mdts=1,records=100,rate=0,seed=2");
        assertThat(fresh.exitCode()).as(fresh.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readAllLines(folder.resolve("data/out/lustre-MDT0000.jsonl")))
                .hasSize(100);
    }

    @Test
    void aFolderInUseIsRefusedAlsoForFresh() throws Exception {
        try (DaemonProcess holder = DaemonProcess.start(folder, "run")) {
            await().until(() -> Files.exists(folder.resolve("data/out/lustre-MDT0000.jsonl")));
            DaemonProcess second = DaemonProcess.run(folder, "run", "--fresh");
            assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(second.err()).contains("is in use by another daemon");
            assertThat(DaemonProcess.run(folder, "run").exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(holder.isAlive()).isTrue();
            holder.terminate();
            assertThat(holder.exitCode()).isEqualTo(ExitCode.DONE);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            changed,   its checksum does not match its content
            truncated, 'truncated, or not a ledger'
            emptied,   'truncated, or not a ledger'
            """)
    void positionsThatCannotBeTrustedAreRefusedAndLeftAlone(String damage, String message) throws Exception {
        assertThat(replay(ZOO).exitCode()).isEqualTo(ExitCode.DONE);
        Path positions = folder.resolve("data/state/zoo-MDT0000.cl1.json");
        String right = Files.readString(positions);
        String wrong = switch (damage) {
            case "changed" -> right.replace("\"position\":1215", "\"position\":1214");
            case "truncated" -> right.substring(0, right.length() / 2);
            default -> "";
        };
        Files.writeString(positions, wrong);
        DaemonProcess refused = replay(ZOO);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err())
                .contains(
                        "cannot trust the positions in",
                        positions.getFileName().toString(),
                        message,
                        "Restore the file")
                .doesNotContain("\tat ");
        assertThat(positions).hasContent(wrong);
        assertThat(folder.resolve("data/out/zoo-MDT0000.txt"))
                .hasSameBinaryContentAs(CAPTURES.resolve("zoo/zoo-MDT0000.txt"));
    }
}

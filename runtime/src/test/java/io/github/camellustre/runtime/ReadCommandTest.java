// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process, on a simulated Lustre: what it prints, what it clears, and how it ends. */
@Timeout(120)
class ReadCommandTest {
    private static final String MDT = "lustre-MDT0000";

    @TempDir
    Path folder;

    private String source(int records, int rate) {
        return "simulator:mdts=1,records=" + records + ",rate=" + rate + ",data=" + folder.resolve("log");
    }

    private DaemonProcess read(String... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("read", "--mdt", MDT, "--source", source(1_000, 0)));
        all.addAll(List.of(arguments));
        return DaemonProcess.run(folder, all.toArray(String[]::new));
    }

    private OptionalLong cleared(int records, int rate) throws Exception {
        try (ChangelogSource source = SourceSpec.parse(source(records, rate)).create()) {
            return source.mark(MDT, "cl1");
        }
    }

    @Test
    void printsAllThatThereIsAndClearsIt() throws Exception {
        DaemonProcess read = read("--user", "cl1", "--form", "json");

        assertThat(read.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(read.out().lines().map(line -> line.substring(0, line.indexOf(','))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1_000)
                        .mapToObj(index -> "{\"id\":\"lustre-MDT0000/" + index + '"')
                        .toList());
        assertThat(read.err()).isEmpty();
        assertThat(cleared(1_000, 0)).hasValue(1_000);
    }

    @Test
    void anMdtThatCannotBeIsAnErrorAndNoEmptyEnd() throws Exception {
        DaemonProcess read = DaemonProcess.run(folder, "read", "--mdt", "a/b", "--source", source(10, 0));
        assertThat(read.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(read.err()).contains("camel-lustre: ").contains("a/b").doesNotContain("\tat ");
    }

    @Test
    void printsSoManyAndClearsThoseOnly() throws Exception {
        DaemonProcess read = read("--user", "cl1", "--count", "7", "--form", "json");

        assertThat(read.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(read.out().lines()).hasSize(7).allMatch(line -> line.startsWith("{\"id\":\"lustre-MDT0000/"));
        assertThat(cleared(1_000, 0)).hasValue(7);
    }

    @Test
    void acknowledgesNothingIfTold() throws Exception {
        DaemonProcess read = read("--user", "cl1", "--no-ack", "--filter", "type=MKDIR", "--form", "json");

        assertThat(read.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(read.out().lines()).isNotEmpty().allMatch(line -> line.contains("\"type\":\"MKDIR\""));
        assertThat(cleared(1_000, 0)).hasValue(0);
    }

    @Test
    void aSignalEndsItAndWhatWasPrintedIsCleared() throws Exception {
        DaemonProcess read = DaemonProcess.start(
                folder,
                "read",
                "--mdt",
                MDT,
                "--source",
                source(100_000, 500),
                "--user",
                "cl1",
                "--follow",
                "--form",
                "json");
        await().until(() -> read.out().lines().count() > 100);
        read.terminate();

        assertThat(read.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(cleared(100_000, 500)).hasValue(read.out().lines().count());
    }

    @Test
    void aBrokenPipeEndsItAndWhatWasNotTakenIsNotCleared() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CamelLustre.class.getName(),
                        "read",
                        "--mdt",
                        MDT,
                        "--source",
                        source(100_000, 0),
                        "--batch",
                        "100",
                        "--user",
                        "cl1")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).startsWith("1 ");
        } catch (IOException e) {
            throw new AssertionError("it printed nothing", e);
        }

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.DONE);
        // a pipe holds 64 KiB, some 500 records; a batch that did not fit into it was not acknowledged
        assertThat(cleared(100_000, 0).orElseThrow()).isLessThan(10_000);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the README. Blocks marked {@code sh} run here, in order, in a folder that looks like a fresh clone;
 * one that would run for ever is told to stop once its first records are there. {@code sh ci} is what CI runs, and
 * {@code sh lustre} needs a real Lustre.
 */
class ReadmeIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(.*?)\n(.*?)^```$");

    @TempDir
    Path clone;

    private static List<String> commands(String mark) throws IOException {
        List<String> commands = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
        while (block.find()) {
            if (block.group(1).strip().equals(mark)) {
                block.group(2).lines().filter(line -> !line.isBlank()).forEach(commands::add);
            }
        }
        return commands;
    }

    @Test
    void everyBlockHasAKnownMark() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
        while (block.find()) {
            assertThat(block.group(1)).isIn("sh", "sh ci", "sh lustre", "yaml", "text");
        }
    }

    @Test
    void ciRunsTheTestCommand() throws IOException {
        assertThat(commands("sh ci")).containsExactly("mvn verify");
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).containsPattern("(?m)^mvn [-a-zA-Z ]*verify$");
    }

    @Test
    void everyCommandWorks() throws Exception {
        try (Stream<Path> files = Files.list(ROOT)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().equals("data")) {
                    Files.createSymbolicLink(clone.resolve(file.getFileName()), file);
                }
            }
        }
        List<String> commands = commands("sh");
        assertThat(commands).contains("./camel-lustre run").hasSizeGreaterThan(4);
        for (String command : commands) {
            run(command);
        }
    }

    private void run(String command) throws Exception {
        Path log = Files.createTempFile(clone, "log", ".txt");
        Process process = new ProcessBuilder("sh", "-c", "exec " + command)
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(5)).until(() -> !process.isAlive() || hasRecords(log));
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
            assertThat(process.exitValue())
                    .as(command + "\n" + Files.readString(log))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A status line: it runs, and records flow. */
    private static boolean hasRecords(Path log) {
        try {
            return Files.readString(log).contains("/s position");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

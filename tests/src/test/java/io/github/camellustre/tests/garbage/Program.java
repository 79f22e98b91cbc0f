// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.garbage;

import io.github.camellustre.tests.lcap.LcapPrograms;
import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Python program beside the daemon, its output in a file. */
final class Program implements AutoCloseable {
    /** Garbage waits for its last answers, a reader for its last batch. */
    private static final long PATIENCE_SECONDS = 90;

    private static final Path PROGRAMS = Path.of("src", "test", "python").toAbsolutePath();

    private final String name;
    private final Path output;
    private final Process process;

    private Program(String name, Path output, Process process) {
        this.name = name;
        this.output = output;
        this.process = process;
    }

    /** @param program its path below {@code src/test/python} */
    static Program start(Path folder, String name, String program, List<String> arguments) throws IOException {
        List<String> command = LcapPrograms.command(PROGRAMS.resolve(program), arguments);
        Path output = folder.resolve(name + ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Program(name, output, process);
    }

    String output() throws IOException {
        return Files.readString(output).strip();
    }

    /** Of a program that runs until it is told to end. */
    void mustRun() throws IOException, Violation {
        if (!process.isAlive()) {
            throw new Violation(name + " ended with " + process.exitValue() + ": " + output());
        }
    }

    boolean isDone() {
        return !process.isAlive();
    }

    /** End of its input, which some programs wait for. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    void mustEndWell() throws IOException, InterruptedException, Violation {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new Violation(name + " has not ended after " + PATIENCE_SECONDS + " s: " + output());
        }
        if (process.exitValue() != 0) {
            throw new Violation(name + " ended with " + process.exitValue() + ": " + output());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

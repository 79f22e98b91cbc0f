// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.lcap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The LCAP clients in {@code src/test/python/lcap}. They know the protocol from a description only, not from our code. */
public final class LcapPrograms {
    /** Debian's, which sees Debian's python3-zmq, whatever other Python comes first in the path. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final Path PROGRAMS =
            Path.of("src", "test", "python", "lcap").toAbsolutePath();

    private LcapPrograms() {}

    /** The command that runs one. Skips the test where Python or libzmq is missing. */
    public static List<String> command(String program, List<String> arguments) {
        return command(PROGRAMS.resolve(program), arguments);
    }

    /** The same for any other program that uses libzmq. */
    public static List<String> command(Path program, List<String> arguments) {
        assumeTrue(
                succeeds(PYTHON, "-c", "import zmq"),
                "no " + PYTHON + " that can import zmq: install the Debian package python3-zmq");
        List<String> command = new ArrayList<>();
        // No compiled copies beside the sources.
        command.addAll(List.of(PYTHON, "-B", program.toString()));
        command.addAll(arguments);
        return command;
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}

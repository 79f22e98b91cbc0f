// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A C program that does one step after the other and prints a line about each: what no Java call shows (errno, poll, flags).
 * The steps are in {@code src/test/native/probe}.
 */
final class Probe implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private Probe(Path program, Path files, List<?> steps) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), files.toString()));
        steps.forEach(step -> command.add(step.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        lines = process.inputReader(StandardCharsets.UTF_8);
    }

    static Probe onDevice(FakeMdt mdt, Object... steps) throws IOException {
        return new Probe(NativeBuild.deviceProbe(), mdt.device(), List.of(steps));
    }

    static Probe onLibrary(FakeLustre lustre, Object... steps) throws IOException {
        return new Probe(NativeBuild.libraryProbe(), lustre.devices(), List.of(steps));
    }

    /** All lines of a device probe. */
    static List<String> device(FakeMdt mdt, Object... steps) throws IOException {
        try (Probe probe = onDevice(mdt, steps)) {
            return probe.rest();
        }
    }

    /** All lines of a library probe, those of standard error among them. */
    static List<String> library(FakeLustre lustre, Object... steps) throws IOException {
        try (Probe probe = onLibrary(lustre, steps)) {
            return probe.rest();
        }
    }

    String next() throws IOException {
        return lines.readLine();
    }

    /** Ends the step {@code wait}. */
    void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    List<String> rest() {
        return lines.lines().toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

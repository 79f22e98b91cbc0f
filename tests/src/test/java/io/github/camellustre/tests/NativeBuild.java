// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Compiles the C programs in {@code src/test/native} into {@code target/native}, once in a run. Skips the test that asks if
 * a tool or FUSE is missing.
 */
final class NativeBuild {
    private static final Path SOURCES = Path.of("src", "test", "native").toAbsolutePath();
    private static final Path TARGET = Path.of("target", "native").toAbsolutePath();
    private static final List<String> WARNINGS = List.of("-std=gnu17", "-g", "-O2", "-Wall", "-Wextra", "-Werror");

    private static final Map<String, Path> MADE = new HashMap<>();

    private NativeBuild() {}

    /** The program that plays the devices. */
    static Path fileSystem() {
        return once("changelogfs", name -> {
            assumeTrue(
                    Files.exists(Path.of("/dev/fuse")), "no /dev/fuse: load the kernel module fuse, or add the device");
            assumeTool("fusermount3", "--version");
            assumeTool("pkg-config", "--exists", "fuse3");
            return compile(name, List.of("device", "record"), words("pkg-config", "--cflags", "--libs", "fuse3"));
        });
    }

    /** The library with liblustreapi's interface. */
    static Path library() {
        return once(
                "liblustreapi.so", name -> compile(name, List.of("lustreapi", "record"), List.of("-shared", "-fPIC")));
    }

    /** Makes system calls on a device. */
    static Path deviceProbe() {
        return once("device-probe", name -> compile(name, List.of("probe", "probe/device", "record"), List.of()));
    }

    /** Calls the library. */
    static Path libraryProbe() {
        String library = library().toString();
        return once("api-probe", name -> compile(name, List.of("probe", "probe/api", "record"), List.of(library)));
    }

    private static synchronized Path once(String name, Function<String, Path> compile) {
        Path made = MADE.get(name);
        if (made == null) {
            made = compile.apply(name);
            MADE.put(name, made);
        }
        return made;
    }

    private static Path compile(String name, List<String> folders, List<String> options) {
        assumeTool("gcc", "--version");
        try {
            Files.createDirectories(TARGET);
            Path made = Files.createTempFile(TARGET, name, "");
            List<String> command = new ArrayList<>(List.of("gcc"));
            command.addAll(WARNINGS);
            command.add("-I" + SOURCES);
            for (String folder : folders) {
                try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
                    files.map(Path::toString)
                            .filter(file -> file.endsWith(".c"))
                            .sorted()
                            .forEach(command::add);
                }
            }
            command.addAll(List.of("-o", made.toString()));
            command.addAll(options);
            run(command);
            // In one step: a second run in the same folder never sees half a file.
            return Files.move(made, TARGET.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assumeTool(String... command) {
        boolean works;
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            works = process.waitFor() == 0;
        } catch (IOException e) {
            works = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assumeTrue(works, String.join(" ", command) + " fails: install gcc, pkg-config, libfuse3-dev and fuse3");
    }

    private static List<String> words(String... command) {
        try {
            return List.of(run(List.of(command)).strip().split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ":\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return output;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a program that sends records to a sink, and tells its steady cost. */
final class MeasuredProgram {
    private static final int PAUSE_MILLIS = 10;
    private static final Pattern MARK = Pattern.compile("\"cl1\"\\s*:\\s*([0-9]+)");

    private MeasuredProgram() {}

    /**
     * Arguments: what it is; records in all; process of the sink, or 0; what grows with each record: {@code cleared:DATA} of a daemon with
     * simulated MDTs, or {@code bytes:FOLDER/PART-OF-NAMES}; how large that is at the end, or 0 for as large as it becomes; the command.
     */
    public static void main(String[] arguments) throws Exception {
        long records = Long.parseLong(arguments[1]);
        long sink = Long.parseLong(arguments[2]);
        String grows = arguments[3];
        long units = Long.parseLong(arguments[4]);
        Process program = new ProcessBuilder(List.of(arguments).subList(5, arguments.length))
                .inheritIO()
                .start();
        SteadyCost cost = new SteadyCost(() -> size(grows), () -> cpu(program.toHandle()), () -> cpu(sink));
        try {
            do {
                cost.look();
            } while (!program.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } finally {
            program.descendants().forEach(ProcessHandle::destroy);
            program.destroy();
        }
        if (program.exitValue() != 0) {
            System.exit(program.exitValue());
        }
        write(String.format("%-28s %s", arguments[0], cost.perMillion(records, units == 0 ? size(grows) : units)));
    }

    /** Of a process and all that it has started. */
    static Duration cpu(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration cpu(long process) {
        return process == 0
                ? Duration.ZERO
                : ProcessHandle.of(process).map(MeasuredProgram::cpu).orElseThrow();
    }

    private static long size(String what) {
        Path path = Path.of(what.substring(what.indexOf(':') + 1));
        return what.startsWith("cleared:") ? cleared(path) : bytes(path);
    }

    /** Records that were cleared on the simulated MDTs of a daemon. */
    static long cleared(Path data) {
        return files(data.resolve("simulator"), "MDT").stream()
                .filter(file -> file.getName().endsWith(".json"))
                .mapToLong(MeasuredProgram::mark)
                .sum();
    }

    private static long mark(File mdt) {
        try {
            Matcher mark = MARK.matcher(Files.readString(mdt.toPath()));
            return mark.find() ? Long.parseLong(mark.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long bytes(Path names) {
        return files(names.getParent(), names.getFileName().toString()).stream()
                .mapToLong(File::length)
                .sum();
    }

    private static List<File> files(Path folder, String part) {
        File[] files = folder.toFile().listFiles((in, name) -> name.contains(part));
        return files == null ? List.of() : List.of(files);
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }
}

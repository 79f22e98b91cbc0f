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
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a program that sends records to a sink without end, for some time, and tells its steady cost. */
final class MeasuredProgram {
    private static final int PAUSE_MILLIS = 250;
    private static final int STOP_SECONDS = 60;
    private static final Pattern MARK = Pattern.compile("\"cl1\"\\s*:\\s*([0-9]+)");

    private MeasuredProgram() {}

    /**
     * Arguments: what it is; seconds; process of the sink, or 0; what grows with each record: {@code cleared:DATA} of a daemon with
     * simulated MDTs, or {@code bytes:FOLDER/PART-OF-NAMES}; by how much; the command.
     */
    public static void main(String[] arguments) throws Exception {
        long sink = Long.parseLong(arguments[2]);
        String grows = arguments[3];
        ProcessBuilder command = new ProcessBuilder(List.of(arguments).subList(5, arguments.length)).inheritIO();
        SteadyCost cost =
                measure(command, Duration.ofSeconds(Long.parseLong(arguments[1])), () -> size(grows), () -> cpu(sink));
        write(String.format("%-28s %s", arguments[0], cost.perMillion(Double.parseDouble(arguments[4]))));
    }

    /**
     * @param done how much is done
     * @param sink CPU time of the sink
     */
    static SteadyCost measure(ProcessBuilder command, Duration time, LongSupplier done, Supplier<Duration> sink)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        Process program = command.start();
        SteadyCost cost = new SteadyCost(done, () -> cpu(program.toHandle()), sink);
        try {
            do {
                cost.look();
                if (program.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("ended with " + program.exitValue() + ": " + command.command());
                }
            } while (System.nanoTime() < end);
        } finally {
            program.descendants().forEach(ProcessHandle::destroy);
            program.destroy();
            if (!program.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                program.destroyForcibly();
            }
        }
        return cost;
    }

    /** Of a process and all that it has started. */
    private static Duration cpu(ProcessHandle process) {
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

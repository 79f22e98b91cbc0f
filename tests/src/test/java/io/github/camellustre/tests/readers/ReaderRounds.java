// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Lets one fault after the other happen to the readers of a running daemon, each again and again, and judges from outside:
 * the readers' logs, and what the MDTs were asked to clear. Stops at the first broken promise and leaves the data.
 */
public final class ReaderRounds {
    private final Path home;
    private final Path folder;
    private final long seed;
    private final Consumer<String> table;

    /**
     * @param home where the policy is
     * @param folder where all data and output go
     */
    ReaderRounds(Path home, Path folder, long seed, Consumer<String> table) {
        this.home = home;
        this.folder = folder;
        this.seed = seed;
        this.table = table;
    }

    /** Arguments: folder, rounds, seed, and which faults (default all). */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0])).toRealPath();
        int rounds = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        List<Fault> faults = arguments.length > 3
                ? Arrays.stream(arguments)
                        .skip(3)
                        .map(name -> Fault.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList()
                : List.of(Fault.values());
        write("seed " + seed + ", data in " + folder);
        try {
            ReaderRounds all = new ReaderRounds(Path.of("readers").toRealPath(), folder, seed, ReaderRounds::write);
            all.head();
            for (Fault fault : faults) {
                all.run(fault, rounds);
            }
            write("Every promise held.");
        } catch (Violation e) {
            write("BROKEN: " + e.getMessage());
            System.exit(1);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }

    void head() {
        table.accept(String.format(
                "%-20s %6s %10s %10s %10s %8s %8s %8s %10s",
                "fault",
                "rounds",
                "delivered",
                "duplicates",
                "overtaken",
                "clears",
                "restarts",
                "seconds",
                "FID pairs"));
    }

    void run(Fault fault, int rounds) throws IOException, InterruptedException, Violation {
        Random random = new Random(seed);
        long start = System.nanoTime();
        Path data = Files.createDirectories(folder.resolve(fault.name().toLowerCase(Locale.ROOT)));
        try (Stage stage = new Stage(home, data, fault)) {
            stage.open();
            stage.awaitProgress();
            for (int round = 1; round <= rounds; round++) {
                try {
                    fault.happen(stage, random);
                    stage.awaitProgress();
                } catch (Violation e) {
                    throw new Violation(fault + ", round " + round + ": " + e.getMessage());
                }
            }
            stage.finish();
            Verdict verdict = stage.verdict();
            table.accept(String.format(
                    "%-20s %6d %10d %10d %10d %8d %8d %8d %10d",
                    fault,
                    rounds,
                    verdict.delivered(),
                    verdict.duplicates(),
                    verdict.overtaken(),
                    stage.clears(),
                    stage.restarts(),
                    (System.nanoTime() - start) / 1_000_000_000,
                    verdict.pairs()));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a simulated file system is asked to be.
 *
 * @param fileSystem name of the file system, option {@code fs}, default {@code lustre}
 * @param mdts number of MDTs, default 2
 * @param records records that each MDT will ever write, default {@link #ENDLESS}
 * @param rate records per second and MDT; 0 is as fast as they are read; default 1,000
 * @param seed chooses the stream, default 1
 * @param users changelog users registered on each MDT ({@code cl1}...), default 1
 * @param data folder that remembers what was cleared; absent: memory only
 * @param faults how each MDT misbehaves; docs/faults.md
 * @param belowMark what an MDT does with a clear below the user's mark, default refuse
 * @param hidden true if marks and newest index are not told, as to a client that cannot see {@code changelog_users}
 */
record SimulatorOptions(
        String fileSystem,
        int mdts,
        long records,
        long rate,
        long seed,
        int users,
        Optional<Path> data,
        List<Fault> faults,
        BelowMark belowMark,
        boolean hidden) {
    static final String KIND = "simulator";
    /** Far beyond what anybody reads, and still with room for the arithmetic on indexes. */
    static final long ENDLESS = 1L << 50;

    /** Raised when the generator changes: positions kept for an older stream must not be used on a newer one. */
    private static final int STREAM_VERSION = 1;

    private static final Pattern FILE_SYSTEM = Pattern.compile("[A-Za-z0-9_]{1,8}");

    static SimulatorOptions parse(Map<String, String> given) throws SourceException {
        SourceOptions options = SourceOptions.of(
                KIND,
                given,
                Set.of("fs", "mdts", "records", "rate", "seed", "users", "data", "faults", "belowMark", "hidden"));
        String fileSystem = options.text("fs").orElse("lustre");
        if (!FILE_SYSTEM.matcher(fileSystem).matches()) {
            throw options.refused("fs", "1 to 8 letters, digits or '_'", null);
        }
        return new SimulatorOptions(
                fileSystem,
                (int) options.number("mdts", 2, 1, SimulatedFid.MOST_MDTS),
                options.number("records", ENDLESS, 1, ENDLESS - 1),
                options.number("rate", 1_000, 0, 1_000_000_000),
                options.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                (int) options.number("users", 1, 1, 1_024),
                folder(options),
                faults(options),
                belowMark(options),
                hidden(options));
    }

    private static List<Fault> faults(SourceOptions options) throws SourceException {
        try {
            return FaultPlan.parse(options.text("faults").orElse(""));
        } catch (IllegalArgumentException e) {
            throw options.refused("faults", "a plan as docs/faults.md has it; this is not: " + e.getMessage(), e);
        }
    }

    private static BelowMark belowMark(SourceOptions options) throws SourceException {
        try {
            return BelowMark.valueOf(options.text("belowMark").orElse("refuse").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw options.refused("belowMark", "refuse, destroy or ignore", e);
        }
    }

    private static boolean hidden(SourceOptions options) throws SourceException {
        return switch (options.text("hidden").orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw options.refused("hidden", "true or false", null);
        };
    }

    private static Optional<Path> folder(SourceOptions options) throws SourceException {
        Optional<String> text = options.text("data");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!text.get().isBlank()) {
                return Optional.of(Path.of(text.get()));
            }
        } catch (InvalidPathException e) {
            throw options.refused("data", "a folder", e);
        }
        throw options.refused("data", "a folder", null);
    }

    /** Everything that shapes the stream and nothing else: neither the rate nor who reads it, nor what goes wrong. */
    String identity() {
        return KIND + ":stream=" + STREAM_VERSION + ",fs=" + fileSystem + ",mdts=" + mdts + ",records="
                + (records == ENDLESS ? "endless" : records) + ",seed=" + seed;
    }

    String mdtName(int number) {
        return String.format("%s-MDT%04x", fileSystem, number);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
 */
record SimulatorOptions(
        String fileSystem, int mdts, long records, long rate, long seed, int users, Optional<Path> data) {
    static final String KIND = "simulator";
    /** Far beyond what anybody reads, and still with room for the arithmetic on indexes. */
    static final long ENDLESS = 1L << 50;

    /** Raised when the generator changes: positions kept for an older stream must not be used on a newer one. */
    private static final int STREAM_VERSION = 1;

    private static final Pattern FILE_SYSTEM = Pattern.compile("[A-Za-z0-9_]{1,8}");

    static SimulatorOptions parse(Map<String, String> given) throws SourceException {
        SourceOptions options =
                SourceOptions.of(KIND, given, Set.of("fs", "mdts", "records", "rate", "seed", "users", "data"));
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
                folder(options));
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

    /** Everything that shapes the stream and nothing else: neither the rate nor who reads it. */
    String identity() {
        return KIND + ":stream=" + STREAM_VERSION + ",fs=" + fileSystem + ",mdts=" + mdts + ",records="
                + (records == ENDLESS ? "endless" : records) + ",seed=" + seed;
    }

    String mdtName(int number) {
        return String.format("%s-MDT%04x", fileSystem, number);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a directory's files: {@code fs-MDT0000.jsonl} that grows, {@code fs-MDT0000-00000000000000012345.jsonl} that is
 * complete, {@code ..._001.jsonl} where that is taken. What is not to be seen yet begins with a dot. The index is padded to the
 * 20 digits of 2^64, and '_' is above '.', so that names sort in the order of writing.
 */
final class FileNames {
    private static final String GZIP = ".gz";

    private final String extension;
    private final boolean hidesGrowing;
    private final boolean gzip;
    private final Pattern growing;
    private final Pattern waiting;

    FileNames(LineForm form, LineOptions options) {
        extension = "." + form.extension();
        hidesGrowing = options.onlyComplete();
        gzip = options.gzip();
        growing =
                Pattern.compile((hidesGrowing ? "\\." : "") + "([^.].*-MDT[0-9a-fA-F]{4})" + Pattern.quote(extension));
        waiting = Pattern.compile("\\.(.+-\\d{20}(?:_\\d{3,})?" + Pattern.quote(extension) + ")");
    }

    String growing(String mdt) {
        return (hidesGrowing ? "." : "") + mdt + extension;
    }

    /** The MDT whose growing file has this name. */
    Optional<String> mdtOf(Path file) {
        Matcher name = growing.matcher(file.getFileName().toString());
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** A name for the complete file that nothing has: visible, or hidden while it waits to be compressed. */
    Path complete(Path growingFile, long firstIndex, FileAccess files) {
        String name = growingFile.getFileName().toString();
        String mdt = name.substring(hidesGrowing ? 1 : 0, name.length() - extension.length());
        String digits = Long.toUnsignedString(firstIndex);
        String stem = mdt + '-' + "0".repeat(20 - digits.length()) + digits;
        for (int taken = 0; ; taken++) {
            Path visible =
                    growingFile.resolveSibling(stem + (taken == 0 ? "" : String.format("_%03d", taken)) + extension);
            Path waits = growingFile.resolveSibling("." + visible.getFileName());
            if (!files.exists(visible) && !files.exists(waits) && !files.exists(compressed(visible))) {
                return gzip ? waits : visible;
            }
        }
    }

    /** The visible name of a file that waits to be compressed, if this is one. */
    Optional<Path> compressedOf(Path file) {
        Matcher name = waiting.matcher(file.getFileName().toString());
        return name.matches() ? Optional.of(compressed(file.resolveSibling(name.group(1)))) : Optional.empty();
    }

    private static Path compressed(Path visible) {
        return visible.resolveSibling(visible.getFileName() + GZIP);
    }
}

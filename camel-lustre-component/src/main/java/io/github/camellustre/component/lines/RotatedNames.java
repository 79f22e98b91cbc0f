// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.nio.file.Path;

/**
 * Candidates for the name of a rotated file: {@code fs-MDT0000-00000000000000012345.jsonl}, then {@code ..._001.jsonl}.
 * Padded to the 20 digits of 2^64, and '_' is above '.', so that names sort in the order of writing.
 */
final class RotatedNames {
    private final Path current;
    private final String stem;
    private final String extension;
    private int taken;

    /** @param extension of the form, which may have a dot in it */
    RotatedNames(Path current, String extension, long firstIndex) {
        String name = current.getFileName().toString();
        int dot = name.length() - extension.length() - 1;
        String digits = Long.toUnsignedString(firstIndex);
        this.current = current;
        this.stem = name.substring(0, dot) + '-' + "0".repeat(20 - digits.length()) + digits;
        this.extension = name.substring(dot);
    }

    Path next() {
        String suffix = taken == 0 ? "" : String.format("_%03d", taken);
        taken++;
        return current.resolveSibling(stem + suffix + extension);
    }
}

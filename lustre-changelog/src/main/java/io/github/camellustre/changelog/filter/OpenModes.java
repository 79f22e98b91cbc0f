// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import io.github.camellustre.changelog.OpenMode;
import java.util.function.IntPredicate;

/** The values of {@code omode}: letters that must all be in the open mode, {@code r}, {@code w}, {@code rw} or {@code x}. */
final class OpenModes {
    private OpenModes() {}

    static IntPredicate parse(String letters) {
        return switch (letters) {
            case "r" -> OpenMode::reads;
            case "w" -> OpenMode::writes;
            case "rw" -> flags -> OpenMode.reads(flags) && OpenMode.writes(flags);
            case "x" -> OpenMode::executes;
            default ->
                throw new IllegalArgumentException("no open mode: '" + letters + "', possible are r, w, rw and x");
        };
    }
}

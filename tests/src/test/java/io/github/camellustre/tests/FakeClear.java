// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A clear that {@link FakeLustre} saw.
 *
 * @param user such as {@code cl1}; empty if the text was no clear at all, then the index is -1
 * @param answer {@code OK} or the name of the errno
 * @param mark the user's mark before
 * @param read the highest index that any handle had read
 * @param newest the newest index of the log
 */
public record FakeClear(String mdt, String user, long index, String answer, long mark, long read, long newest) {
    private static final Pattern LINE =
            Pattern.compile("(\\S+) (?:malformed|(\\S+) (\\d+)) (\\w+) mark=(\\d+) read=(\\d+) newest=(\\d+)");

    static FakeClear parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(line);
        }
        boolean malformed = parts.group(2) == null;
        return new FakeClear(
                parts.group(1),
                malformed ? "" : parts.group(2),
                malformed ? -1 : Long.parseLong(parts.group(3)),
                parts.group(4),
                Long.parseLong(parts.group(5)),
                Long.parseLong(parts.group(6)),
                Long.parseLong(parts.group(7)));
    }

    /** What our daemon must never do: a clear that is zero, below the mark, unread, or nonsense. */
    public boolean isForbidden() {
        return index <= 0 || index < mark || index > read;
    }
}

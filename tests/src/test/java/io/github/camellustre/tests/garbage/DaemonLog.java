// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.garbage;

import io.github.camellustre.tests.witness.Violation;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What the daemon has written. Garbage is no news: it may be told of, in bounds, but nothing may have broken. */
record DaemonLog(List<String> lines) {
    /** Uncaught, or thrown by code that trusted what it read. */
    private static final Pattern BROKEN =
            Pattern.compile("Exception in thread|(OutOfMemory|StackOverflow|Assertion)Error"
                    + "|(NullPointer|ClassCast|IndexOutOfBounds|NegativeArraySize|BufferOverflow|BufferUnderflow)Exception"
                    + "|\\bERROR\\b|^\\s+at ");

    /** Lines for each second, over the whole run. */
    private static final int MOST_A_SECOND = 10;

    void judge(Duration time) throws Violation {
        List<String> broken =
                lines.stream().filter(BROKEN.asPredicate()).limit(20).toList();
        if (!broken.isEmpty()) {
            throw new Violation("the daemon's log has errors:\n" + String.join("\n", broken));
        }
        if (lines.size() > 1_000 + MOST_A_SECOND * time.toSeconds()) {
            throw new Violation("the daemon's log has " + lines.size() + " lines for " + time);
        }
    }
}

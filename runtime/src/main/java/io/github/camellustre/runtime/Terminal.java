// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.io.PrintStream;
import java.util.List;

/**
 * Where the daemon talks to its user. On a terminal the status stays in place at the bottom; anywhere else each status is
 * printed below the last. Any thread.
 */
final class Terminal {
    /** Set by the script: {@code System.console()} does not tell on every JDK. */
    static final String PROPERTY = "camellustre.terminal";

    private static final String CLEAR_BELOW = "\r\u001b[J";
    private static final Terminal STANDARD = new Terminal(System.out, Boolean.getBoolean(PROPERTY));

    private final PrintStream out;
    private final boolean inPlace;
    private int linesShown;

    Terminal(PrintStream out, boolean inPlace) {
        this.out = out;
        this.inPlace = inPlace;
    }

    static Terminal standard() {
        return STANDARD;
    }

    /** Something that stays. */
    synchronized void say(String line) {
        hideStatus();
        out.println(line);
        out.flush();
    }

    /** The status: takes the place of the last one where that is possible. */
    synchronized void show(List<String> lines) {
        hideStatus();
        lines.forEach(out::println);
        out.flush();
        linesShown = inPlace ? lines.size() : 0;
    }

    /** Takes the status away, so that something else can be written; the next one comes below that. */
    synchronized void hideStatus() {
        if (linesShown > 0) {
            out.print("\u001b[" + linesShown + "A");
            out.print(CLEAR_BELOW);
            out.flush();
            linesShown = 0;
        }
    }
}

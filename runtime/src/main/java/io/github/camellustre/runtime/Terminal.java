// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.io.PrintStream;
import java.util.List;

/**
 * Where the daemon talks to its user. On a terminal that is high enough the status stays in place at the bottom; anywhere
 * else each status is printed below the last. Any thread.
 */
final class Terminal {
    /** Rows of the terminal, set by the script, 0 if there is none: Java tells neither on every JDK. */
    static final String PROPERTY = "camellustre.terminal";

    private static final String CLEAR_BELOW = "\r\u001b[J";
    /** A line that were wrapped at the right edge would take two rows. */
    private static final String CUT_LONG_LINES = "\u001b[?7l";

    private static final String WRAP_LONG_LINES = "\u001b[?7h";
    private static final Terminal STANDARD = new Terminal(System.out, Integer.getInteger(PROPERTY, 0));

    private final PrintStream out;
    private final int rows;
    private int linesShown;

    /** @param rows 0 if it is no terminal */
    Terminal(PrintStream out, int rows) {
        this.out = out;
        this.rows = rows;
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
        boolean inPlace = lines.size() < rows;
        if (inPlace) {
            out.print(CUT_LONG_LINES);
        }
        lines.forEach(out::println);
        if (inPlace) {
            out.print(WRAP_LONG_LINES);
            linesShown = lines.size();
        }
        out.flush();
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

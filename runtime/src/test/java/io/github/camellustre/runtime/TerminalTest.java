// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The status takes the place of the last one only where that cannot go wrong. */
class TerminalTest {
    private static final String ESCAPE = "\u001b[";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Terminal terminal(int rows) {
        return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), rows);
    }

    private String written() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    @Test
    void onATerminalTheStatusStaysInPlaceAndLongLinesAreCut() {
        Terminal terminal = terminal(3);
        terminal.show(List.of("one", "two"));
        assertThat(written()).isEqualTo(ESCAPE + "?7lone\ntwo\n" + ESCAPE + "?7h");
        terminal.show(List.of("three"));
        assertThat(written()).isEqualTo(ESCAPE + "2A\r" + ESCAPE + "J" + ESCAPE + "?7lthree\n" + ESCAPE + "?7h");
        terminal.say("stays, and long lines of it are wrapped");
        assertThat(written()).isEqualTo(ESCAPE + "1A\r" + ESCAPE + "Jstays, and long lines of it are wrapped\n");
        terminal.say("more");
        assertThat(written()).isEqualTo("more\n");
    }

    @Test
    void aStatusThatIsHigherThanTheTerminalIsPrintedBelowTheLast() {
        Terminal terminal = terminal(2);
        terminal.show(List.of("one", "two"));
        terminal.show(List.of("three", "four"));
        assertThat(written()).isEqualTo("one\ntwo\nthree\nfour\n");
    }

    @Test
    void whatIsNoTerminalGetsPlainText() {
        Terminal terminal = terminal(0);
        terminal.show(List.of("one"));
        terminal.show(List.of("two"));
        terminal.say("three");
        assertThat(written()).isEqualTo("one\ntwo\nthree\n");
    }
}

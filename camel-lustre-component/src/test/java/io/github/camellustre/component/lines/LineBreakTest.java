// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines behind a torn one begin with a newline, all others go on as they are. */
class LineBreakTest {
    @TempDir
    Path folder;

    private String through(String lines) throws Exception {
        LineBreak lineBreak = new LineBreak();
        lineBreak.setFile(folder.resolve("f").toString());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(lines);
            lineBreak.process(exchange);
            return exchange.getMessage().getBody(String.class);
        }
    }

    @Test
    void beginsAnewBehindATornLine() throws Exception {
        Files.writeString(folder.resolve("f"), "whole\nto");
        assertThat(through("next\n")).isEqualTo("\nnext\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whole\n", "torn\nwhole\n"})
    void changesNothingElse(String before) throws Exception {
        Files.writeString(folder.resolve("f"), before);
        assertThat(through("next\n")).isEqualTo("next\n");
    }

    @Test
    void thereNeedBeNoFile() throws Exception {
        assertThat(through("next\n")).isEqualTo("next\n");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs {@code kamelets/test/NAME.test.camel.yaml} for each kamelet on the twelve records of {@code changelog.txt}. What
 * comes to the bean {@code result} is {@code NAME.expected.txt}: for each exchange its records or its text, and a line of
 * dashes.
 */
class KameletExamplesTest {
    private static final Path KAMELETS = Path.of("..", "kamelets");
    private static final Path EXAMPLES = KAMELETS.resolve("test");

    private final StringBuilder results = new StringBuilder();

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(KAMELETS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".kamelet.yaml"))
                    .map(name -> name.replace(".kamelet.yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void doesWhatItsExampleShows(String name) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent()
                    .addInitialProperty(
                            "changelog", "replay:input.1=" + EXAMPLES.resolve("changelog.txt") + "=fs-MDT0000");
            context.getRegistry().bind("result", (Processor) this::keep);
            context.getRegistry().bind("contentType", (Processor) this::keepContentType);
            context.getComponent("kamelet", KameletComponent.class).setLocation("file:" + KAMELETS);
            LustreComponent lustre = context.getComponent("lustre", LustreComponent.class);
            lustre.getConfiguration().setRepository("memory");
            lustre.getConfiguration().setUser("cl1");
            YamlRoutes.load(context, Files.readString(EXAMPLES.resolve(name + ".test.camel.yaml")));
            context.start();
            Awaitility.await().until(lustre::isComplete);
        }
        assertThat(results()).isEqualTo(Files.readString(EXAMPLES.resolve(name + ".expected.txt")));
    }

    private synchronized String results() {
        return results.toString();
    }

    private synchronized void keep(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof StreamCache) {
            results.append(exchange.getMessage().getBody(String.class));
        } else {
            for (ChangelogRecord record : RecordBody.records(body)) {
                results.append(record).append('\n');
            }
        }
        results.append("---\n");
    }

    private synchronized void keepContentType(Exchange exchange) {
        results.append(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).append('\n');
    }
}

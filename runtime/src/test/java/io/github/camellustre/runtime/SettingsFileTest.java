// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shipped settings name every option there is, each with a comment above it and its true default. */
class SettingsFileTest {
    private static final Set<String> OF_CAMEL =
            Set.of("configuration", "paths", "bridgeErrorHandler", "lazyStartProducer", "autowiredEnabled");
    private static final String CATALOG = "/META-INF/io/github/camellustre/component/lustre/lustre.json";

    @Test
    void namesEveryOptionOfTheComponent() throws Exception {
        String text = Home.find().settings().text();
        JsonNode options;
        try (InputStream catalog = SettingsFileTest.class.getResourceAsStream(CATALOG)) {
            options = new ObjectMapper().readTree(catalog).path("componentProperties");
        }
        assertThat(options.size()).isGreaterThan(20);
        options.properties().forEach(option -> {
            if (!OF_CAMEL.contains(option.getKey())) {
                String absent = option.getValue().path("defaultValue").asText("");
                String written = option.getValue().path("type").asText().equals("duration")
                        ? "(" + absent + "ms|" + duration(Long.parseLong(absent)) + ")"
                        : Pattern.quote(absent);
                assertThat(text)
                        .containsPattern(
                                "(?m)^# .*\n#camel\\.component\\.lustre\\." + option.getKey() + " = ?" + written + "$");
            }
        });
    }

    private static String duration(long millis) {
        return millis % 3_600_000 == 0 ? millis / 3_600_000 + "h" : millis / 1000 + "s";
    }
}

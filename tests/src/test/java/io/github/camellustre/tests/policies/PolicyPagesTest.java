// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each policy has a page, and routes, settings and pages tell of the same knobs with the same defaults. */
class PolicyPagesTest {
    private static final Path ROOT = Path.of("..");
    private static final String SUFFIX = ".camel.yaml";
    /** {@code {{http.url:http://localhost}}}; a default with a property in it is not looked at. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-zA-Z]+\\.[a-zA-Z0-9]+):([^{}]*)}}");
    /** A row of a table of knobs whose default is literal, or none. */
    private static final Pattern KNOB =
            Pattern.compile("(?m)^\\| `([a-zA-Z]+(?:\\.[a-zA-Z0-9]+)+)` \\| (?:`([^`|]*)` )?\\|");

    static Stream<String> policies() throws IOException {
        return files("routes", SUFFIX);
    }

    static Stream<String> pages() throws IOException {
        return files("docs/policies", ".md");
    }

    private static Stream<String> files(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList();
            assertThat(names).isNotEmpty();
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void eachPolicyHasAPage(String policy) throws IOException {
        Matcher link = Pattern.compile("(?m)^\\| \\[[^]]*`" + policy + "`[^]]*]\\((policies/[a-z-]+\\.md)[)#]")
                .matcher(text("docs/policies.md"));
        assertThat(link.find())
                .as("a row of docs/policies.md that links a page")
                .isTrue();
        String page = text("docs/" + link.group(1));
        assertThat(page)
                .contains("`" + policy + "`", "──", "| Knob |", "## Guarantee", "## Sizing")
                .contains("(../../routes/" + policy + SUFFIX + ")");
        String own = camelCase(policy) + ".";
        for (MatchResult knob : placeholders(policy)) {
            if (knob.group(1).startsWith(own)) {
                assertThat(page)
                        .containsAnyOf(
                                "`" + knob.group(1) + "`", "`" + knob.group(1).substring(own.length()) + "`");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void settingsHaveTheDefaultsOfTheRoute(String policy) throws IOException {
        String settings = text("src/main/resources/application.properties");
        for (MatchResult knob : placeholders(policy)) {
            assertThat(settings).containsPattern(setting(knob.group(1), knob.group(2)));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pagesHaveTheDefaultsOfTheSettings(String page) throws IOException {
        String settings = text("src/main/resources/application.properties");
        KNOB.matcher(text("docs/policies/" + page + ".md")).results().forEach(knob -> {
            String value = knob.group(2) == null ? null : knob.group(2).replace("<data>", "{{camellustre.data}}");
            assertThat(settings)
                    .containsPattern(
                            value == null
                                    ? "(?m)^#" + Pattern.quote(knob.group(1)) + " ="
                                    : setting(knob.group(1), value));
        });
    }

    private static String setting(String name, String value) {
        return "(?m)^#?" + Pattern.quote(name) + " =" + (value.isEmpty() ? "" : " " + Pattern.quote(value)) + "$";
    }

    private static List<MatchResult> placeholders(String policy) throws IOException {
        return PLACEHOLDER
                .matcher(text("routes/" + policy + SUFFIX))
                .results()
                .filter(knob -> !knob.group(1).startsWith("camellustre."))
                .toList();
    }

    private static String camelCase(String policy) {
        return Pattern.compile("-(.)")
                .matcher(policy)
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}

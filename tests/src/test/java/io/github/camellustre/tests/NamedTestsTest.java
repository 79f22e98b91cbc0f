// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The docs and the list of guards name tests as proof: these exist, though tests are split and renamed. */
class NamedTestsTest {
    private static final Path REPOSITORY = Path.of("..");
    /** {@code StepsTest}, {@code StepsTest.method}, {@code StepsTest#method} or {@code StepsTest: method}. */
    private static final Pattern NAMED = Pattern.compile(
            "(?<![*\\w])([A-Z]\\w*[a-z0-9]Test)\\b(?!Inputs|[.](?:csv|java))(?:(?:[.#]|: )([a-z]\\w+))?");

    @Test
    void whatIsNamedExists() throws IOException {
        Map<String, String> tests = files(path -> path.toString().contains("src/test/java")
                        && path.toString().endsWith("Test.java"))
                .collect(Collectors.toMap(
                        path -> path.getFileName().toString().replace(".java", ""),
                        NamedTestsTest::text,
                        String::concat));
        List<String> missing = new ArrayList<>();
        files(path -> path.toString().endsWith(".md") || path.toString().endsWith(".patch"))
                .forEach(file -> NAMED.matcher(text(file))
                        .results()
                        .filter(named -> !exists(named, tests))
                        .forEach(named -> missing.add(REPOSITORY.relativize(file) + ": " + named.group())));
        assertThat(missing).isEmpty();
    }

    private static boolean exists(MatchResult named, Map<String, String> tests) {
        String test = tests.get(named.group(1));
        String method = named.group(2);
        return test != null && (method == null || test.contains("void " + method + "("));
    }

    private static Stream<Path> files(Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(REPOSITORY)) {
            return all.filter(path -> !path.toString().contains("/target/")).filter(wanted).toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

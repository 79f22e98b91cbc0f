// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The policies as they were written: Camel's messages about a route name no line, so it is looked up here. */
final class PolicyText {
    /** Where a route begins: the word behind {@code from:}, or behind the {@code uri:} that follows it at once. */
    private static final Pattern START =
            Pattern.compile("(?<![\\w.-])from['\"]?:\\s+(?:\\{?\\s*['\"]?uri['\"]?:\\s+)?['\"]?([^\\s,}'\"]+)");

    private static final Pattern OTHER_CONSUMER = Pattern.compile("(?!lustre:|kamelet:)[a-z][a-z0-9+.-]*:.+");

    private record Line(String place, String text) {}

    private final List<Line> lines = new ArrayList<>();

    /** @param places as {@link Policies#places} gives them; what cannot be read is left out */
    PolicyText(List<String> places) {
        for (String place : places) {
            String name = place.substring(place.indexOf(':') + 1);
            int number = 0;
            for (String line : text(place, name).lines().toList()) {
                lines.add(new Line(name + ":" + ++number, line));
            }
        }
    }

    private static String text(String place, String name) {
        try {
            if (place.startsWith("file:")) {
                return Files.readString(Path.of(name));
            }
            try (InputStream packed = PolicyText.class.getResourceAsStream("/" + name)) {
                return packed == null ? "" : new String(packed.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Whether a route may begin at {@code lustre:}. True also where the text does not tell: a property says where a route
     * begins, or a kamelet.
     */
    boolean mayReadChangelogs() {
        String all = written().map(Line::text).collect(Collectors.joining("\n"));
        List<String> starts =
                START.matcher(all).results().map(start -> start.group(1)).toList();
        return starts.isEmpty()
                || starts.stream()
                        .anyMatch(start -> !OTHER_CONSUMER.matcher(start).matches());
    }

    private Stream<Line> written() {
        return lines.stream().filter(line -> !line.text().stripLeading().startsWith("#"));
    }

    /** FILE:LINE of the first line, comments aside, that holds all these words. */
    Optional<String> find(String word, String... more) {
        return written()
                .filter(line -> holds(line.text(), word))
                .filter(line -> List.of(more).stream().allMatch(other -> holds(line.text(), other)))
                .map(Line::place)
                .findFirst();
    }

    private static boolean holds(String line, String word) {
        return Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(word))
                .matcher(line)
                .find();
    }
}

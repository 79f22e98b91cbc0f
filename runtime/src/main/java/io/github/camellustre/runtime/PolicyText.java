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

/** The policies as they were written: Camel's messages about a route name no line, so it is looked up here. */
final class PolicyText {
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

    /** FILE:LINE of the first line, comments aside, that holds all these words. */
    Optional<String> find(String word, String... more) {
        return lines.stream()
                .filter(line -> !line.text().stripLeading().startsWith("#"))
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

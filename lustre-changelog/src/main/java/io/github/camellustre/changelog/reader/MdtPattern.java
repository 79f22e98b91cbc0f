// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Which MDTs are meant: names and patterns with {@code *}, joined with commas, {@code fs-MDT0000,scratch-MDT*}. */
public final class MdtPattern {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._*-]+");

    private final String text;
    private final List<Pattern> patterns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /** @throws IllegalArgumentException if a part is empty or has characters that no MDT name has */
    public MdtPattern(String text) {
        this.text = text;
        for (String part : text.split(",", -1)) {
            String trimmed = part.trim();
            if (!PART.matcher(trimmed).matches()) {
                throw new IllegalArgumentException("'" + part + "' in '" + text
                        + "' is no MDT name: write fs-MDT0000, several joined with commas, or a pattern as fs-MDT*");
            }
            if (trimmed.contains("*")) {
                patterns.add(Pattern.compile(Pattern.quote(trimmed).replace("*", "\\E.*\\Q")));
            } else {
                names.add(trimmed);
            }
        }
    }

    public boolean matches(String mdt) {
        return names.contains(mdt)
                || patterns.stream().anyMatch(pattern -> pattern.matcher(mdt).matches());
    }

    /** The MDTs that are named in full: these must exist. */
    public List<String> names() {
        return List.copyOf(names);
    }

    @Override
    public String toString() {
        return text;
    }
}

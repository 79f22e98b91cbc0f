// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the text of a filter, once. */
final class FilterText {
    private static final char QUOTE = '"';
    private static final char ESCAPE = '\\';

    private final String text;
    private final Set<FilterKey> possible;
    private int at;

    /** @param possible what may be asked for */
    FilterText(String text, Set<FilterKey> possible) {
        this.text = text;
        this.possible = possible;
    }

    List<FilterTerm> terms() {
        List<FilterTerm> terms = new ArrayList<>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return terms;
            }
            int start = at;
            try {
                terms.add(term());
            } catch (IllegalArgumentException e) {
                while (!atEndOfTerm()) {
                    at++;
                }
                throw new IllegalArgumentException(
                        "filter term '" + text.substring(start, at) + "': " + e.getMessage(), e);
            }
        }
    }

    private FilterTerm term() {
        int start = at;
        while (!atEndOfTerm() && text.charAt(at) != '=') {
            at++;
        }
        if (atEndOfTerm()) {
            throw new IllegalArgumentException(
                    "key=value expected; a value that holds blanks is written in \"quotes\"");
        }
        FilterKey key = FilterKey.named(text.substring(start, at), possible);
        List<String> values = new ArrayList<>();
        do {
            at++;
            values.add(value());
        } while (at < text.length() && text.charAt(at) == ',');
        if (!atEndOfTerm()) {
            throw new IllegalArgumentException("a comma or a blank expected behind the quote");
        }
        return new FilterTerm(key, List.copyOf(values), key.anyOf(values));
    }

    private String value() {
        String value = at < text.length() && text.charAt(at) == QUOTE ? inQuotes() : bare();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an empty value");
        }
        return value;
    }

    private String bare() {
        int start = at;
        while (!atEndOfTerm() && text.charAt(at) != ',') {
            if (text.charAt(at) == QUOTE) {
                throw new IllegalArgumentException(
                        "a quote inside a value: write the whole value in quotes, and \\\" for the character");
            }
            at++;
        }
        return text.substring(start, at);
    }

    private String inQuotes() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == QUOTE) {
                at++;
                return value.toString();
            }
            if (character == ESCAPE && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        throw new IllegalArgumentException("a quote without its end");
    }

    private boolean atEndOfTerm() {
        return at == text.length() || Character.isWhitespace(text.charAt(at));
    }

    /** The value as this class reads it. */
    static String quoted(String value) {
        boolean bare = value.chars().noneMatch(c -> c == QUOTE || c == ',' || Character.isWhitespace(c));
        if (bare) {
            return value;
        }
        StringBuilder quoted = new StringBuilder().append(QUOTE);
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == QUOTE || character == ESCAPE) {
                quoted.append(ESCAPE);
            }
            quoted.append(character);
        }
        return quoted.append(QUOTE).toString();
    }
}

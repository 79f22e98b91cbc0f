// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern of characters: {@code *} any number of any, {@code ?} any one, {@code [a-z_]} one of a set, {@code [!a-z]} one
 * that is not. Takes no more steps than the text is long times the pattern: patterns come from other hosts, and a regular
 * expression can be made to take years.
 */
final class Glob {
    private final List<Part> parts;

    private Glob(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException for a set without end */
    static Glob parse(String pattern) {
        int[] characters = pattern.codePoints().toArray();
        List<Part> parts = new ArrayList<>();
        for (int at = 0; at < characters.length; at++) {
            int character = characters[at];
            if (character == '*') {
                parts.add(new Part(any -> true, true));
            } else if (character == '?') {
                parts.add(new Part(any -> true, false));
            } else if (character == '[') {
                int end = endOfSet(characters, at, pattern);
                parts.add(new Part(set(characters, at + 1, end), false));
                at = end;
            } else {
                parts.add(new Part(one -> one == character, false));
            }
        }
        return new Glob(parts);
    }

    boolean matches(String text) {
        int part = 0;
        int at = 0;
        int star = -1;
        int behindStar = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (part < parts.size() && parts.get(part).anyNumber()) {
                star = part++;
                behindStar = at;
            } else if (part < parts.size() && parts.get(part).member().test(character)) {
                part++;
                at += Character.charCount(character);
            } else if (star >= 0) {
                part = star + 1;
                behindStar += Character.charCount(text.codePointAt(behindStar));
                at = behindStar;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part).anyNumber()) {
            part++;
        }
        return part == parts.size();
    }

    /** A bracket that is the set's first character stands for itself. */
    private static int endOfSet(int[] characters, int from, String pattern) {
        int first = from + 1 < characters.length && characters[from + 1] == '!' ? from + 2 : from + 1;
        for (int at = first + 1; at < characters.length; at++) {
            if (characters[at] == ']') {
                return at;
            }
        }
        throw new IllegalArgumentException(
                "a set '[' without its end in '" + pattern + "'; the bracket itself is written [[]");
    }

    private static IntPredicate set(int[] characters, int from, int to) {
        boolean negated = characters[from] == '!';
        List<IntPredicate> members = new ArrayList<>();
        int at = negated ? from + 1 : from;
        while (at < to) {
            int lowest = characters[at];
            boolean range = at + 2 < to && characters[at + 1] == '-';
            int highest = range ? characters[at + 2] : lowest;
            members.add(one -> one >= lowest && one <= highest);
            at += range ? 3 : 1;
        }
        return one -> members.stream().anyMatch(member -> member.test(one)) != negated;
    }

    private record Part(IntPredicate member, boolean anyNumber) {}
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A regular expression over a whole name. RE2's automaton looks at each character once whatever the expression is:
 * filters come from other hosts, and an engine that backtracks can be made to take years.
 */
final class NameExpression {
    private static final int LONGEST = 256;

    /** RE2 writes out what is repeated, nested counts multiply: without a limit 30 characters could fill the memory. */
    private static final int MOST_REPETITIONS = 1_000;

    private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern.compile("\\{(\\d+)?,?(\\d+)?}");

    private NameExpression() {}

    static Predicate<String> parse(String expression) {
        if (expression.length() > LONGEST) {
            throw new IllegalArgumentException("a regular expression of " + expression.length()
                    + " characters, at most " + LONGEST + " are possible");
        }
        if (repetitions(expression) > MOST_REPETITIONS) {
            throw new IllegalArgumentException(
                    "a regular expression whose counts in braces multiply to more than " + MOST_REPETITIONS);
        }
        try {
            return Pattern.compile(expression, Pattern.DOTALL)::matches;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "no regular expression: " + e.getDescription() + " '" + e.getPattern() + "' (the syntax is RE2's)",
                    e);
        }
    }

    private static double repetitions(String expression) {
        return COUNT.matcher(expression)
                .results()
                .map(count -> count.group(2) == null ? count.group(1) : count.group(2))
                .filter(Objects::nonNull)
                .mapToDouble(Double::parseDouble)
                .reduce(1, (one, other) -> one * Math.max(1, other));
    }
}

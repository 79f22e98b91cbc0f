// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of one source as the user wrote them. Whatever a provider does not know or understand is refused with the
 * option, the value and what is allowed, so that a typing error never runs with a default.
 */
public final class SourceOptions {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");

    private final String kind;
    private final Map<String, String> options;

    private SourceOptions(String kind, Map<String, String> options) {
        this.kind = kind;
        this.options = Map.copyOf(options);
    }

    /**
     * @param known every option that {@code kind} has
     * @throws SourceException an option is not among them
     */
    public static SourceOptions of(String kind, Map<String, String> options, Set<String> known) throws SourceException {
        for (String name : new TreeSet<>(options.keySet())) {
            if (!known.contains(name)) {
                throw SourceException.fatal(
                        "source " + kind + ": unknown option '" + name + "=" + options.get(name) + "'; its options are "
                                + String.join(", ", new TreeSet<>(known)),
                        null);
            }
        }
        return new SourceOptions(kind, options);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** A whole number in {@code [least, most]}, or {@code absent} where the option was not given. */
    public long number(String name, long absent, long least, long most) throws SourceException {
        String value = options.get(name);
        if (value == null) {
            return absent;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refused(name, "a whole number from " + least + " to " + most, e);
        }
        throw refused(name, "a whole number from " + least + " to " + most, null);
    }

    /** A time such as {@code 500ms}, {@code 5s} or {@code 1m}, or {@code absent} where the option was not given. */
    public Duration duration(String name, Duration absent, Duration least, Duration most) throws SourceException {
        String value = options.get(name);
        if (value == null) {
            return absent;
        }
        Matcher matcher = DURATION.matcher(value);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMinutes(number);
            };
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        }
        throw refused(
                name,
                "a time from " + least.toMillis() + "ms to " + most.toSeconds() + "s, written 500ms, 5s or 1m",
                null);
    }

    /** One of some words, the first where the option was not given. */
    public String word(String name, String... words) throws SourceException {
        String value = options.getOrDefault(name, words[0]);
        if (!List.of(words).contains(value)) {
            throw refused(name, String.join(" or ", words), null);
        }
        return value;
    }

    /** A path, or {@code absent} where the option was not given. */
    public Path path(String name, Path absent) throws SourceException {
        String value = options.get(name);
        if (value == null) {
            return absent;
        }
        try {
            if (!value.isBlank()) {
                return Path.of(value);
            }
        } catch (InvalidPathException e) {
            throw refused(name, "a path", e);
        }
        throw refused(name, "a path", null);
    }

    /** The error for a value that is not understood. */
    public SourceException refused(String name, String allowed, Throwable cause) {
        return SourceException.fatal(
                "source " + kind + ": option '" + name + "' has the value '" + options.get(name) + "'; allowed is "
                        + allowed,
                cause);
    }
}

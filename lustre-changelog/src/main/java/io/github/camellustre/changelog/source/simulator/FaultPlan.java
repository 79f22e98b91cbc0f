// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads option {@code faults}: {@code KIND[:DETAIL]@INDEX[xCOUNT][/TIME]}, joined with ';'. */
final class FaultPlan {
    private static final Pattern FAULT =
            Pattern.compile("([a-z]+)(?::([A-Za-z0-9]+))?@([0-9]{1,15})(?:x([0-9]{1,9}))?(?:/([0-9]{1,9})(ms|s|m))?");
    private static final Pattern USER = Pattern.compile("cl[1-9][0-9]{0,8}");

    private static final Set<Fault.Kind> WITH_ERROR = EnumSet.of(Fault.Kind.READ, Fault.Kind.CLEAR);
    private static final Set<Fault.Kind> WITH_USER = EnumSet.of(Fault.Kind.REGISTER, Fault.Kind.DEREGISTER);
    private static final Set<Fault.Kind> WITHOUT_COUNT =
            EnumSet.of(Fault.Kind.GONE, Fault.Kind.REGISTER, Fault.Kind.DEREGISTER, Fault.Kind.RESET);
    private static final Set<Fault.Kind> WITHOUT_TIME =
            EnumSet.of(Fault.Kind.END, Fault.Kind.GAP, Fault.Kind.LATE, Fault.Kind.REPEAT, Fault.Kind.REGISTER);

    private FaultPlan() {}

    /** @throws IllegalArgumentException with the fault that is not understood, and what is allowed there */
    static List<Fault> parse(String text) {
        List<Fault> plan = new ArrayList<>();
        for (String part : text.split(";")) {
            if (!part.isBlank()) {
                plan.add(fault(part.strip()));
            }
        }
        return List.copyOf(plan);
    }

    private static Fault fault(String text) {
        Matcher matcher = FAULT.matcher(text);
        if (!matcher.matches()) {
            throw refused(text, "write KIND[:DETAIL]@INDEX[xCOUNT][/TIME], as read:EIO@5000x3 or gone@20000/2s");
        }
        Fault.Kind kind = kind(text, matcher.group(1));
        String detail = matcher.group(2) == null ? "" : matcher.group(2);
        checkDetail(text, kind, detail);
        if (matcher.group(4) != null && WITHOUT_COUNT.contains(kind)) {
            throw refused(text, word(kind) + " has no count");
        }
        if (matcher.group(5) != null && WITHOUT_TIME.contains(kind)) {
            throw refused(text, word(kind) + " has no time");
        }
        if (kind == Fault.Kind.GONE && matcher.group(5) == null) {
            throw refused(text, "say for how long, as gone@20000/2s");
        }
        long at = Long.parseLong(matcher.group(3));
        long count = matcher.group(4) == null ? 1 : Long.parseLong(matcher.group(4));
        if (at == 0 || count == 0) {
            throw refused(text, "records and counts start at 1");
        }
        return new Fault(kind, detail, at, count, time(matcher.group(5), matcher.group(6)));
    }

    private static Fault.Kind kind(String text, String word) {
        return Arrays.stream(Fault.Kind.values())
                .filter(kind -> word(kind).equals(word))
                .findAny()
                .orElseThrow(() -> refused(text, "the kinds are " + words(Fault.Kind.values())));
    }

    private static void checkDetail(String text, Fault.Kind kind, String detail) {
        if (WITH_ERROR.contains(kind)) {
            if (Arrays.stream(Errno.values()).noneMatch(errno -> errno.name().equals(detail))) {
                throw refused(
                        text,
                        word(kind) + " takes one of the errors " + Arrays.toString(Errno.values()) + " behind ':'");
            }
        } else if (WITH_USER.contains(kind)) {
            if (!USER.matcher(detail).matches()) {
                throw refused(text, word(kind) + " takes a changelog user behind ':', as " + word(kind) + ":cl1");
            }
        } else if (!detail.isEmpty()) {
            throw refused(text, word(kind) + " takes nothing behind ':'");
        }
    }

    private static Duration time(String number, String unit) {
        if (number == null) {
            return null;
        }
        long value = Long.parseLong(number);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(value);
            case "s" -> Duration.ofSeconds(value);
            default -> Duration.ofMinutes(value);
        };
    }

    private static String words(Fault.Kind[] kinds) {
        return Arrays.stream(kinds).map(FaultPlan::word).collect(Collectors.joining(", "));
    }

    private static String word(Fault.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException refused(String fault, String remedy) {
        return new IllegalArgumentException("'" + fault + "': " + remedy);
    }
}

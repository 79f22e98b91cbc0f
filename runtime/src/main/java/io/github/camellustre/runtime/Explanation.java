// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import io.github.camellustre.changelog.ChangelogException;
import io.github.camellustre.component.lines.LineFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.PropertyBindingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why Camel did not start, in words for the user: where, what, and what to do. Our own exceptions say it themselves; Camel
 * nests the same message many times, and the innermost says it best. The stack trace is logged where DEBUG is.
 */
final class Explanation {
    private static final Logger LOG = LoggerFactory.getLogger(Explanation.class);
    private static final Pattern UNKNOWN =
            Pattern.compile("endpoint: ([^?\\s]+).*Unknown parameters=\\[\\{(.*?)=(.*?)}]", Pattern.DOTALL);
    private static final Pattern PLACEHOLDER = Pattern.compile("Property with key \\[(.*?)] not found");
    private static final Pattern STEP = Pattern.compile(">>> \\w+\\[(?:simple\\{)?([^?\\]} ]+)");
    private static final Pattern MDT = Pattern.compile("^([A-Za-z0-9_]+-MDT[0-9a-fA-F]{4}): there is no such MDT");
    private static final Pattern ROUTE = Pattern.compile("(?:^route '|Failed to (?:create|start) route: )([^' ]+)");
    private static final Pattern PLACED = Pattern.compile("\\.camel\\.yaml(:[0-9]+|, line [0-9]+)");

    private final Settings settings;
    private final PolicyText policies;

    Explanation(Settings settings, PolicyText policies) {
        this.settings = settings;
        this.policies = policies;
    }

    StartException of(Exception failure) {
        LOG.debug("the start failed", failure);
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            chain.add(cause);
        }
        for (Throwable cause : chain) {
            if (cause instanceof PropertyBindingException binding && isSetting(binding)) {
                return property(binding);
            }
        }
        Optional<String> own = chain.stream()
                .filter(cause -> cause instanceof ChangelogException || cause instanceof LineFileException)
                .map(Throwable::getMessage)
                .findFirst();
        String what = own.orElseGet(() -> what(chain));
        Optional<String> origin = settings.originOfOptionIn(what);
        if (origin.isPresent()) {
            return StartException.usage(origin.get() + ": " + what);
        }
        String where = PLACED.matcher(what).find()
                ? ""
                : where(chain).map(place -> place + ": ").orElse("");
        return StartException.failed(
                where + what + (where.isEmpty() || own.isPresent() ? "" : "\nMend the policy and start again."),
                failure);
    }

    /** Else it is about a bean of a policy or of a kamelet. */
    private boolean isSetting(PropertyBindingException binding) {
        String key = binding.getOptionKey();
        return key != null && (binding.getOptionPrefix() != null || settings.keyLike(key) != null);
    }

    private StartException property(PropertyBindingException binding) {
        String named = binding.getOptionPrefix() == null
                ? binding.getOptionKey()
                : binding.getOptionPrefix().replaceFirst("\\.?$", ".") + binding.getOptionKey();
        String key = settings.keyLike(named);
        return StartException.usage((key == null ? "" : settings.origin(key) + ": ") + "'" + named
                + "' cannot be set to '" + binding.getValue() + "'"
                + (binding.getCause() == null ? ": there is no such property" : ": " + deepest(binding))
                + ". The properties that there are, with their values, are in " + Home.SETTINGS);
    }

    private static String what(List<Throwable> chain) {
        for (Throwable cause : chain) {
            String message = String.valueOf(cause.getMessage());
            Matcher unknown = UNKNOWN.matcher(message);
            if (unknown.find()) {
                return "unknown option " + unknown.group(2) + "=" + unknown.group(3) + " of " + unknown.group(1);
            }
            Matcher placeholder = PLACEHOLDER.matcher(message);
            if (placeholder.find()) {
                return "the property " + placeholder.group(1) + " is not set; set it, or give it a default as {{"
                        + placeholder.group(1) + ":DEFAULT}}";
            }
            if (cause instanceof PropertyBindingException binding) {
                return "option " + binding.getPropertyName() + "=" + binding.getValue() + " is not understood: "
                        + deepest(binding);
            }
        }
        return deepest(chain.get(0));
    }

    /** The line of a policy that the failure is about, else that of its route. */
    private Optional<String> where(List<Throwable> chain) {
        return chain.stream()
                .flatMap(cause -> detail(cause).stream())
                .findFirst()
                .or(() -> first(STEP, chain).flatMap(policies::find))
                .or(() -> first(ROUTE, chain).flatMap(route -> policies.find("id:", route)));
    }

    private Optional<String> detail(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        Matcher unknown = UNKNOWN.matcher(message);
        if (unknown.find()) {
            return policies.find(unknown.group(2), unknown.group(3));
        }
        if (cause instanceof PropertyBindingException binding) {
            return policies.find(binding.getPropertyName() + ":", String.valueOf(binding.getValue()))
                    .or(() -> policies.find(binding.getPropertyName() + ":"));
        }
        return first(PLACEHOLDER, List.of(cause))
                .map(key -> "{{" + key + "}}")
                .or(() -> first(MDT, List.of(cause)))
                .flatMap(policies::find);
    }

    private static Optional<String> first(Pattern pattern, List<Throwable> chain) {
        return chain.stream()
                .map(cause -> pattern.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** Not that of a number that is none: who asked for it says what else is possible. */
    private static String deepest(Throwable failure) {
        String message = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && (message == null || !(cause instanceof NumberFormatException))) {
                message = cause.getMessage();
            }
        }
        return message == null ? failure.toString() : message.strip();
    }
}

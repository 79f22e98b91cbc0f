// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import io.github.camellustre.changelog.source.SourceException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The inputs that a replay was given: options {@code input}, {@code input.1}, {@code input.2}... (what follows the dot
 * counts for nothing), each {@code FILE} or {@code FILE=MDT}.
 */
final class ReplayOptions {
    static final String KIND = "replay";

    private static final String INPUT = "input";
    private static final Pattern MDT = Pattern.compile("[A-Za-z0-9_-]{1,16}-MDT[0-9a-fA-F]{4}");
    private static final Pattern MDT_IN_NAME =
            Pattern.compile("(?<![A-Za-z0-9_])([A-Za-z0-9_]{1,16}-MDT[0-9a-fA-F]{4})(?![0-9a-zA-Z])");

    private ReplayOptions() {}

    /** Sorted by MDT. */
    static SortedMap<String, ReplayInput> parse(Map<String, String> options) throws SourceException {
        SortedMap<String, ReplayInput> inputs = new TreeMap<>();
        for (Map.Entry<String, String> option : new TreeMap<>(options).entrySet()) {
            String name = option.getKey();
            if (!name.equals(INPUT) && !name.startsWith(INPUT + ".")) {
                throw SourceException.fatal(
                        "source replay: unknown option '" + name + "=" + option.getValue()
                                + "'; its options are input, input.1, input.2... with FILE or FILE=MDT as value",
                        null);
            }
            ReplayInput input = input(name, option.getValue());
            ReplayInput other = inputs.putIfAbsent(input.mdt(), input);
            if (other != null) {
                throw SourceException.fatal(
                        input.mdt() + ": has two inputs, " + other.file() + " and " + input.file()
                                + "; give one input per MDT, or name the MDT of one of them as FILE=MDT",
                        null);
            }
        }
        if (inputs.isEmpty()) {
            throw SourceException.fatal(
                    "source replay: no input was given; name one with the option 'input=FILE' or 'input=FILE=MDT'",
                    null);
        }
        return inputs;
    }

    private static ReplayInput input(String option, String value) throws SourceException {
        Path whole = path(option, value);
        int equals = value.lastIndexOf('=');
        if (equals < 0 || Files.exists(whole)) {
            return new ReplayInput(mdtInName(option, value, whole), existing(option, value, whole));
        }
        String mdt = value.substring(equals + 1);
        if (!MDT.matcher(mdt).matches()) {
            throw refused(option, value, "'" + mdt + "' is no name of an MDT");
        }
        return new ReplayInput(mdt, existing(option, value, path(option, value.substring(0, equals))));
    }

    private static String mdtInName(String option, String value, Path file) throws SourceException {
        Path fileName = file.getFileName();
        Matcher matcher = MDT_IN_NAME.matcher(fileName == null ? "" : fileName.toString());
        if (!matcher.find()) {
            throw refused(option, value, "the name of the file does not tell the MDT");
        }
        return matcher.group(1);
    }

    private static Path existing(String option, String value, Path file) throws SourceException {
        if (!Files.isRegularFile(file)) {
            throw refused(option, value, "there is no file " + file);
        }
        return file;
    }

    private static Path path(String option, String value) throws SourceException {
        try {
            if (!value.isBlank()) {
                return Path.of(value);
            }
        } catch (InvalidPathException e) {
            throw refused(option, value, e.getMessage());
        }
        throw refused(option, value, "it names no file");
    }

    private static SourceException refused(String option, String value, String problem) {
        return SourceException.fatal(
                "source replay: option '" + option + "' has the value '" + value + "': " + problem
                        + "; allowed is FILE=MDT such as zoo.bin=fs-MDT0000, or FILE where its name holds the MDT",
                null);
    }
}

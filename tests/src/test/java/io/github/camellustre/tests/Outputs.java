// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What policy file wrote: the rotated files of an MDT and the current one, joined. */
final class Outputs {
    private static final Pattern INDEX = Pattern.compile("\"index\":([0-9]+),");

    private Outputs() {}

    /** The indexes of an MDT in the order in which they were written. */
    static long[] indexes(Path out, String mdt) {
        return lines(out, mdt).stream().mapToLong(Outputs::index).toArray();
    }

    static List<String> lines(Path out, String mdt) {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith(mdt)
                            && each.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    static long index(String line) {
        Matcher index = INDEX.matcher(line);
        if (!line.endsWith("}") || !index.find()) {
            throw new AssertionError("no whole record: " + line);
        }
        return Long.parseLong(index.group(1));
    }

    /** Bytes written for an MDT so far. */
    static long size(Path out, String mdt) {
        Path file = out.resolve(mdt + ".jsonl");
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

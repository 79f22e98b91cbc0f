// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The streams of a real Lustre that lie in the repository. */
final class Captures {
    static final Path FOLDER = Path.of("..", "captures");

    private Captures() {}

    static List<Path> binary() throws IOException {
        return ending(".bin", ".bin.gz");
    }

    static List<Path> text() throws IOException {
        return ending("MDT0000.txt", "MDT0000.txt.gz");
    }

    static byte[] content(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (file.toString().endsWith(".gz")) {
                try (GZIPInputStream unzipped = new GZIPInputStream(Files.newInputStream(file))) {
                    bytes = unzipped.readAllBytes();
                }
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> ending(String... ends) throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> Stream.of(ends).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }
}

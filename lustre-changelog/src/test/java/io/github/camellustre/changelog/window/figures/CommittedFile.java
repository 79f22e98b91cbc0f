// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.figures;

import io.github.camellustre.changelog.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the documentation that a test made. {@code tests/coalescing/run.sh} has it written anew. */
final class CommittedFile {
    private static final boolean WRITE = Boolean.getBoolean("coalescing.write");

    private final Path path;

    CommittedFile(String name) {
        path = Captures.repository().resolve("docs").resolve(name);
    }

    /** Whether the tests were started to write the files. */
    static boolean isWritten() {
        return WRITE;
    }

    String read() throws IOException {
        return Files.readString(path);
    }

    void write(String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}

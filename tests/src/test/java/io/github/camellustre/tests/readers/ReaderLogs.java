// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The logs of all readers that ever were, read while they grow. */
final class ReaderLogs {
    private static final String EXTENSION = ".log";

    private final Path folder;
    private final Map<Path, Long> offsets = new HashMap<>();

    ReaderLogs(Path folder) {
        this.folder = folder;
    }

    Path log(String reader) {
        return folder.resolve(reader + EXTENSION);
    }

    /** What was added since the last call: whole lines only. */
    List<Delivery> added() throws IOException {
        List<Delivery> added = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(EXTENSION)).toList()) {
                added(file, added);
            }
        }
        return added;
    }

    private void added(Path file, List<Delivery> added) throws IOException {
        long offset = offsets.getOrDefault(file, 0L);
        byte[] bytes;
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(offset);
            bytes = new byte[Math.toIntExact(log.length() - offset)];
            log.readFully(bytes);
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int whole = text.lastIndexOf('\n') + 1;
        offsets.put(file, offset + whole);
        text.substring(0, whole).lines().map(Delivery::parse).forEach(added::add);
    }
}

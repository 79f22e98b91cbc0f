// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Streams of a real Lustre, kept in the project's folder captures. */
public final class Captures {
    private static final Path FOLDER = Path.of("..", "captures");

    private Captures() {}

    public static ChangelogBatch zoo() {
        return batch("fs-MDT0000", "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin");
    }

    public static ChangelogRecord zoo(long index) {
        return zoo().get((int) index - 1);
    }

    /** All binary captures, as paths below the folder. */
    public static List<String> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.map(FOLDER::relativize)
                    .map(Path::toString)
                    .filter(name -> name.contains(".bin"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ChangelogBatch batch(String mdt, String file) {
        RecordBlock block = RecordBlock.frame(mdt, bytes(file));
        return ChangelogBatch.of(block, 0, block.count());
    }

    public static byte[] bytes(String file) {
        Path path = FOLDER.resolve(file);
        try (InputStream plain = Files.newInputStream(path);
                InputStream in = file.endsWith(".gz") ? new GZIPInputStream(plain) : plain) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

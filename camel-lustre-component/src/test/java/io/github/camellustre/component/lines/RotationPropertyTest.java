// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.component.Captures;
import io.github.camellustre.component.lustre.format.RecordBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the size at which files are rotated, and however the records come: the files, in the order of their names, are the records. */
class RotationPropertyTest {
    private static final ChangelogBatch ZOO = Captures.zoo();

    @Property(tries = 150)
    void theFilesInOrderAreAllRecords(
            @ForAll @IntRange(min = 0, max = 40_000) int maxFileSize,
            @ForAll LineForm form,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 200) Integer> appends)
            throws IOException {
        Assume.that(form != LineForm.dead);
        Path directory = Files.createTempDirectory("rotation");
        try (DirectoryLock lock = new DirectoryLock(directory, form)) {
            LineOptions options = new LineOptions(maxFileSize, 0, false, false, false);
            Path path = directory.resolve("fs-MDT0000." + form.extension());
            LineFile file = new LineFile(path, form, options, lock, new FileAccess());
            int sent = 0;
            for (int count : appends) {
                int next = Math.min(ZOO.size(), sent + count);
                byte[] bytes = Encoded.of(form, ZOO.subList(sent, next));
                if (bytes.length > 0) {
                    file.append(bytes, bytes.length);
                }
                if (count % 7 == 0) {
                    file.close();
                }
                sent = next;
            }
            file.close();
            assertThat(joined(directory)).isEqualTo(Encoded.of(form, ZOO.subList(0, sent)));
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Sorted by name: '-' of the rotated ones is below '.' of the current one. */
    private static byte[] joined(Path directory) throws IOException {
        RecordBuffer bytes = new RecordBuffer();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path path : all.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList()) {
                byte[] content = Files.readAllBytes(path);
                bytes.write(content, 0, content.length);
            }
        }
        return bytes.toByteArray();
    }
}

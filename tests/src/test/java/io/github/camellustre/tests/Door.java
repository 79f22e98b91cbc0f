// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jnr.ffi.LibraryLoader;

/** The two sources that talk to a Lustre client, on a fake one. */
enum Door {
    DEVICE,
    LLAPI;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What the fake library has beside the real one's functions. */
    public interface FakeLibrary {
        void lustreapi_set_devices(String folder);
    }

    /** @param options such as {@code wait=follow} */
    ChangelogSource open(FakeLustre lustre, String... options) throws SourceException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("dir=" + lustre.devices());
        if (this == LLAPI) {
            String library = FakeLustre.library().toString();
            LibraryLoader.create(FakeLibrary.class)
                    .load(library)
                    .lustreapi_set_devices(lustre.devices().toString());
            all.add("library=" + library);
        }
        return SourceSpec.parse(name().toLowerCase(Locale.ROOT) + ":" + String.join(",", all))
                .create();
    }

    /** Everything from an index to the end of the log. */
    static List<ChangelogRecord> toEnd(ChangelogSource source, String mdt, long fromIndex)
            throws SourceException, InterruptedException {
        try (ChangelogStream stream = source.open(mdt, fromIndex)) {
            return toEnd(stream, 4096, 256 << 10);
        }
    }

    static List<ChangelogRecord> toEnd(ChangelogStream stream, int maxRecords, int maxBytes)
            throws SourceException, InterruptedException {
        List<ChangelogRecord> records = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            RecordBlock block = stream.read(maxRecords, maxBytes);
            for (int i = 0; i < block.count(); i++) {
                records.add(block.record(i));
            }
            if (block.isEmpty()) {
                if (stream.atEnd()) {
                    return records;
                }
                stream.await(Duration.ofMillis(100));
            }
        }
        throw new AssertionError("no end after " + records.size() + " records");
    }

    /** How many descriptors this JVM has on a device. */
    static long openDescriptors(Path device) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(each -> leadsTo(each, device)).count();
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            return false;
        }
    }
}

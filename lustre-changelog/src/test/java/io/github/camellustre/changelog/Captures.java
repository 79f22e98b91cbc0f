// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The streams of a real Lustre in the repository's {@code captures/}. */
public final class Captures {
    public static final String MDT = "fs-MDT0000";
    public static final String ZOO = "zoo/zoo-MDT0000.raw-f1e-as-lfs.bin";
    public static final String IPV6 = "ipv6nid/ipv6nid-MDT0000.raw-f1e-as-lfs.bin";
    public static final String BIG = "big/big-MDT0000.raw-f1e.bin.gz";

    private Captures() {}

    /** Bytes of one file, unpacked. */
    public static byte[] bytes(String name) {
        try {
            byte[] bytes = Files.readAllBytes(folder().resolve(name));
            if (!name.endsWith(".gz")) {
                return bytes;
            }
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                return unpacked.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RecordBlock block(String name) {
        return RecordBlock.frame(MDT, bytes(name));
    }

    public static ChangelogBatch records(String name) {
        RecordBlock block = block(name);
        return ChangelogBatch.of(block, 0, block.count());
    }

    /** A record of the zoo, whose indexes run from 1. */
    public static ChangelogRecord zoo(int index) {
        return records(ZOO).get(index - 1);
    }

    public static List<String> binaries() {
        return files(".bin", ".bin.gz");
    }

    public static List<String> texts() {
        return files("0.txt", "0.txt.gz");
    }

    private static List<String> files(String... ends) {
        Path folder = folder();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> Stream.of(ends).anyMatch(name::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        return repository().resolve("captures");
    }

    /** The root of the repository, from whichever module the tests run in. */
    public static Path repository() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("captures/zoo"))) {
                return at;
            }
        }
        throw new IllegalStateException("no captures/ above " + Path.of("").toAbsolutePath());
    }
}

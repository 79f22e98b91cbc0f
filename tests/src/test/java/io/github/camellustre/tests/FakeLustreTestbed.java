// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One mount for all tests of a class, an MDT for each test. */
abstract class FakeLustreTestbed {
    static final Path ZOO = Path.of("zoo", "zoo-MDT0000.raw-f1e-as-lfs.bin");

    /** The index of the zoo's last record. */
    static final long LAST = 1215;

    private static final Path CAPTURES =
            Path.of("..", "captures").toAbsolutePath().normalize();

    @TempDir
    static Path folder;

    static FakeLustre lustre;
    private static int mdts;

    FakeMdt mdt;

    @BeforeAll
    static void mount() throws IOException {
        lustre = FakeLustre.mount(folder);
    }

    @AfterAll
    static void unmount() throws IOException {
        // Null if it was skipped.
        if (lustre != null) {
            lustre.close();
        }
    }

    @BeforeEach
    void makeMdt() throws IOException {
        mdt = lustre.mdt(String.format("fs-MDT%04x", mdts++));
    }

    /** Bytes of a capture, unpacked. */
    static byte[] capture(Path name) throws IOException {
        Path file = CAPTURES.resolve(name);
        try (InputStream plain = Files.newInputStream(file);
                InputStream in = name.toString().endsWith(".gz") ? new GZIPInputStream(plain) : plain) {
            return in.readAllBytes();
        }
    }

    /** A capture as a file that is not packed. */
    static Path unpacked(Path name) throws IOException {
        return Files.write(folder.resolve(name.getFileName().toString().replaceFirst("\\.gz$", "")), capture(name));
    }

    /** The MDT with a user cl1, and the zoo in its log: nothing cleared. */
    FakeMdt withZoo() throws IOException {
        return mdt.register().load(unpacked(ZOO));
    }

    /** The MDT with a user cl1, which writes what is appended to the file. */
    Path growing() throws IOException {
        Path file = folder.resolve(mdt.name() + ".bin");
        Files.createFile(file);
        mdt.register().follow(file);
        return file;
    }

    static void append(Path file, RecordType type, long index) throws IOException {
        byte[] record = new RecordBuilder(type)
                .index(index)
                .target(0x200000402L, (int) index, 0)
                .job("touch.0")
                .name("f" + index)
                .toByteArray();
        Files.write(file, record, StandardOpenOption.APPEND);
    }

    static void append(Path file, long first, long last) throws IOException {
        for (long index = first; index <= last; index++) {
            append(file, RecordType.CREAT, index);
        }
    }
}

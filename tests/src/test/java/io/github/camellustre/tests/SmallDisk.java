// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of a few MiB that can be full, and free again, or read-only. Only root can mount one. */
public final class SmallDisk implements AutoCloseable {
    private static final int MIB = 32;

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    public static SmallDisk mount(Path path) throws IOException {
        Files.createDirectories(path);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + MIB + "m", "tmpfs", path.toString()) == 0,
                "cannot mount a tmpfs: run as root, with CAP_SYS_ADMIN");
        return new SmallDisk(path);
    }

    /** Leaves not one page free. */
    public void fill() throws IOException {
        ByteBuffer page = ByteBuffer.allocate(4_096);
        try (FileChannel filler = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                page.clear();
                filler.write(page);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space")) {
                throw full;
            }
        }
    }

    public void free() throws IOException {
        Files.delete(filler());
    }

    void readOnly() throws IOException {
        if (run("mount", "-o", "remount,ro", path.toString()) != 0) {
            throw new IOException("cannot make " + path + " read-only");
        }
    }

    private Path filler() {
        return path.resolve("filler");
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + String.join(" ", command), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (run("umount", "-l", path.toString()) != 0) {
            throw new IOException("cannot unmount " + path);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/** A file system of a few MiB that can be full, and free again, or read-only. Only root can mount one. */
public final class SmallDisk implements AutoCloseable {
    private static final int MIB = 32;

    private final Path path;
    private final Path image;
    private final Deque<Path> devices = new ArrayDeque<>();

    private SmallDisk(Path path, Path image) {
        this.path = path;
        this.image = image;
    }

    public static SmallDisk mount(Path path) throws IOException {
        Files.createDirectories(path);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + MIB + "m", "tmpfs", path.toString()) == 0,
                "cannot mount a tmpfs: run as root, with CAP_SYS_ADMIN");
        return new SmallDisk(path, null);
    }

    /** An ext4 in a file beside it, which can also {@link #freeze} and {@link #fail}. */
    public static SmallDisk mountExt4(Path path, int mib) throws IOException {
        assumeTrue(Files.isWritable(Path.of("/sys/fs/ext4")), "cannot make an ext4 fail: run as root");
        Files.createDirectories(path);
        SmallDisk disk = new SmallDisk(path, path.resolveSibling(path.getFileName() + ".img"));
        must("truncate", "-s", mib + "M", disk.image.toString());
        must("mkfs.ext4", "-q", "-m", "0", disk.image.toString());
        assumeTrue(
                disk.mountImage(),
                "cannot mount an ext4 from a file: run as root, with CAP_SYS_ADMIN and loop devices");
        return disk;
    }

    private boolean mountImage() throws IOException {
        Process attach = new ProcessBuilder("losetup", "-f", "--show", image.toString()).start();
        String device = new String(attach.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        devices.push(Path.of(device));
        return run("mount", "-o", "errors=remount-ro", device, path.toString()) == 0;
    }

    /** Leaves not one page free. */
    public void fill() throws IOException {
        fill(0);
    }

    /** Leaves so many MiB free. */
    public void fill(int mib) throws IOException {
        long room = Files.getFileStore(path).getUsableSpace() - ((long) mib << 20);
        ByteBuffer page = ByteBuffer.allocate(4_096);
        try (FileChannel filler = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (mib == 0 || filler.size() < room) {
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
        must("mount", "-o", "remount,ro", path.toString());
    }

    /** Who writes waits. */
    public void freeze() throws IOException {
        must("fsfreeze", "--freeze", path.toString());
    }

    public void thaw() throws IOException {
        must("fsfreeze", "--unfreeze", path.toString());
    }

    /** As after an error of the device: it becomes read-only, files that are open too, and stays so. */
    public void fail() throws IOException {
        Files.writeString(Path.of("/sys/fs/ext4", devices.peek().getFileName().toString(), "trigger_fs_error"), "1");
    }

    /** Mounted again, over what failed: at no time does the folder beneath take what is written. */
    public void repair() throws IOException {
        if (!mountImage()) {
            throw new IOException("cannot mount " + image + " again");
        }
    }

    private Path filler() {
        return path.resolve("filler");
    }

    private static void must(String... command) throws IOException {
        if (run(command) != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
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
        if (image == null) {
            must("umount", "-l", path.toString());
        }
        while (!devices.isEmpty()) {
            must("umount", "-l", path.toString());
            must("losetup", "-d", devices.pop().toString());
        }
    }
}

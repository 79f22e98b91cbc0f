// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One growing file of whole records. An {@link #append} that returns is on the disk; one that throws left nothing behind,
 * or, where even that failed, is cut away before the next. Called by one thread at a time.
 */
final class LineFile {
    private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);

    /** A heap buffer is copied to a direct one of the same size, which the thread then keeps: this bounds it. */
    private static final int WRITE_STEP = 1 << 20;

    private static final int SHOWN_OF_CUT = 200;

    private final Path path;
    private final LineForm form;
    private final LineOptions options;
    private final DirectoryLock lock;
    private final FileAccess files;
    private final FileNames names;

    private FileChannel channel;
    private Object identity;
    private long length;
    private boolean cutToLength;
    private long writtenAt;

    LineFile(Path path, LineForm form, LineOptions options, DirectoryLock lock, FileAccess files) {
        this.path = path;
        this.form = form;
        this.options = options;
        this.lock = lock;
        this.files = files;
        this.names = new FileNames(form, options);
    }

    Path path() {
        return path;
    }

    /** Writes whole records behind those that are there, forces them to the disk, and before that rotates if it is time. */
    void append(byte[] bytes, int count) throws LineFileException {
        try {
            if (channel != null && changedByOthers()) {
                close();
            }
            if (channel == null) {
                open();
            }
            if (options.maxFileSize() > 0 && length >= options.maxFileSize() || isOfEarlierPeriod()) {
                complete();
                open();
            }
            write(bytes, count);
            if (options.fsync()) {
                channel.force(false);
            }
            length += count;
            writtenAt = System.currentTimeMillis();
        } catch (LineFileException e) {
            abandon();
            throw e;
        } catch (IOException e) {
            abandon();
            throw new LineFileException(path, "cannot append " + count + " bytes", e);
        }
    }

    /** Makes it a complete file if its period is over, also when nothing is appended. */
    void completeIfDue() throws IOException {
        if (channel != null && changedByOthers()) {
            close();
        }
        if (channel == null && files.exists(path)) {
            open();
        }
        if (channel != null && isOfEarlierPeriod()) {
            complete();
        }
    }

    private boolean isOfEarlierPeriod() {
        long age = options.maxFileAge();
        return age > 0 && length > 0 && writtenAt / age < System.currentTimeMillis() / age;
    }

    void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("{}: close failed: {}", path, e.toString());
            }
            channel = null;
        }
    }

    /** Moved, deleted or cut by an operator or by logrotate: going on would write into a file that nobody finds. */
    private boolean changedByOthers() throws IOException {
        BasicFileAttributes now = files.attributes(path);
        if (now == null) {
            LOG.warn("{}: the file was moved or deleted by another program: a new one is begun", path);
            return true;
        }
        if (!now.fileKey().equals(identity)) {
            LOG.warn("{}: the file was replaced by another program: going on in the new one", path);
            return true;
        }
        if (now.size() != length) {
            LOG.warn(
                    "{}: {} bytes were left there, another program made it {}: opening it anew",
                    path,
                    length,
                    now.size());
            return true;
        }
        return false;
    }

    private void open() throws IOException {
        lock.verify(files);
        boolean created = !files.exists(path);
        FileChannel opened =
                files.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            adopt(opened, created);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Only a file that was examined to the end becomes ours: {@link #abandon} cuts ours back to the length known of it. */
    private void adopt(FileChannel opened, boolean created) throws IOException {
        BasicFileAttributes attributes = files.attributes(path);
        if (attributes == null) {
            throw new LineFileException(
                    path, "another program deleted it while it was opened", "The next exchange tries again");
        }
        long size = opened.size();
        boolean known = cutToLength && attributes.fileKey().equals(identity);
        long keep = known ? Math.min(size, length) : form.wholeRecords(path, opened);
        if (keep < size) {
            LOG.warn(
                    "{}: cut {} bytes behind byte {}, which an interrupted write left: {}",
                    path,
                    size - keep,
                    keep,
                    begin(opened, keep, size));
            opened.truncate(keep);
            if (options.fsync()) {
                opened.force(false);
            }
        }
        if (created && options.fsync()) {
            files.syncDirectory(path.getParent());
        }
        channel = opened;
        identity = attributes.fileKey();
        length = keep;
        writtenAt = attributes.lastModifiedTime().toMillis();
        cutToLength = false;
    }

    private static String begin(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(SHOWN_OF_CUT, to - from));
        channel.read(bytes, from);
        StringBuilder text = new StringBuilder();
        for (char c : new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1).toCharArray()) {
            text.append(c < ' ' || c > '~' ? '.' : c);
        }
        return text.append(to - from > SHOWN_OF_CUT ? "..." : "").toString();
    }

    /** By renaming, so that every byte is at all times in exactly one file. */
    private void complete() throws IOException {
        Path target = names.complete(path, form.firstIndex(path, channel), files);
        files.rename(path, target);
        if (options.fsync()) {
            files.syncDirectory(path.getParent());
        }
        LOG.info("{}: {} bytes are now {}", path, length, target.getFileName());
        close();
    }

    private void write(byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.position() < count) {
            buffer.limit(Math.min(count, buffer.position() + WRITE_STEP));
            channel.write(buffer, length + buffer.position());
        }
    }

    /** After a failed fsync the kernel may count dirty pages as clean, so what was written cannot be kept for a second try. */
    private void abandon() {
        if (channel == null) {
            return;
        }
        cutToLength = true;
        try {
            if (channel.size() > length) {
                channel.truncate(length);
            }
        } catch (IOException e) {
            LOG.warn(
                    "{}: could not be cut back to {} bytes ({}): done before the next append",
                    path,
                    length,
                    e.toString());
        }
        close();
    }
}

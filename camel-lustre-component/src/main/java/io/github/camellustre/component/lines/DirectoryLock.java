// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second writer off a directory's files of one form, in this process or another. A file of its own, because the
 * data files are renamed; it stays when the lock goes, because deleting it would race with the next holder.
 */
final class DirectoryLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
    private static final int MOST_OF_HOLDER = 200;

    /** Asked before the file is opened: POSIX drops all of a process's locks on a file when it closes any descriptor of it. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private FileChannel channel;
    private Object identity;

    /** @throws LineFileException if somebody else holds it: names the holder */
    DirectoryLock(Path directory, LineForm form) throws LineFileException {
        path = directory.resolve(".lustre-lines-" + form + ".lock");
        if (!HELD_HERE.add(path)) {
            throw held("another Camel context of this process");
        }
        try {
            acquire();
        } catch (LineFileException | RuntimeException e) {
            HELD_HERE.remove(path);
            throw e;
        }
    }

    private LineFileException held(String holder) {
        return new LineFileException(
                path, "another writer has this directory: " + holder, "Give each its own directory, or stop the other");
    }

    /** Takes the lock again if the directory below is another one than before (mounted, created anew). */
    synchronized void verify(FileAccess files) throws IOException {
        BasicFileAttributes now = files.attributes(path);
        if (channel == null || now == null || !now.fileKey().equals(identity)) {
            LOG.warn("{}: the lock is gone, as if the directory had been replaced: taking it again", path);
            release();
            acquire();
        }
    }

    private void acquire() throws LineFileException {
        try {
            FileChannel opened = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel = opened;
            if (!locked(opened)) {
                String holder = new String(FileContent.read(opened, 0, MOST_OF_HOLDER), StandardCharsets.UTF_8).strip();
                throw held(holder.isEmpty() ? "another process" : holder);
            }
            tellHolder(opened);
            identity = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (LineFileException e) {
            release();
            throw e;
        } catch (IOException e) {
            release();
            throw new LineFileException(path, "cannot take the lock", e);
        }
    }

    /** For whoever is refused. The lock holds without it: a full disk must not keep a daemon from starting. */
    private void tellHolder(FileChannel opened) {
        try {
            opened.truncate(0);
            opened.write(ByteBuffer.wrap(me().getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException e) {
            LOG.warn("{}: cannot write who holds the lock: {}", path, e.getMessage());
        }
    }

    private boolean locked(FileChannel opened) {
        try {
            FileLock lock = opened.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            LOG.warn(
                    "{}: this file system has no locks ({}): a second writer would go unnoticed", path, e.getMessage());
            return true;
        }
    }

    private static String me() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown host";
        }
        return "process " + ProcessHandle.current().pid() + " on " + host + " since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
    }

    @Override
    public synchronized void close() {
        release();
        HELD_HERE.remove(path);
    }

    private void release() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("{}: close failed: {}", path, e.toString());
            }
            channel = null;
        }
    }
}

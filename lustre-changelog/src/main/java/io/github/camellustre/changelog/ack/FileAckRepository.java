// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps positions in a folder, one file per MDT and user: written anew beside the old one, fsynced, renamed over it, the
 * folder fsynced. So a crash at any moment leaves the old state or the new one. One process at a time: the folder is
 * locked.
 */
public final class FileAckRepository implements AckRepository {
    private final Path folder;
    private final FileChannel lockFile;

    public FileAckRepository(Path folder) throws AckRepositoryException {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            lockFile = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new AckRepositoryException(
                    "cannot use the state folder " + folder + " (" + e + "): make it writable, or name another one", e);
        }
        if (!lock()) {
            try {
                lockFile.close();
            } catch (IOException e) {
                // the refusal below matters more
            }
            throw new AckRepositoryException("the state folder " + folder
                    + " is in use by another daemon: stop that one, or give this one a folder and a changelog user of its"
                    + " own");
        }
    }

    private boolean lock() throws AckRepositoryException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new AckRepositoryException("cannot lock the state folder " + folder + " (" + e + ")", e);
        }
    }

    @Override
    public Optional<LedgerState> load(LedgerKey key) throws AckRepositoryException {
        Path file = file(key);
        LedgerState state;
        try {
            state = LedgerDocument.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AckRepositoryException(
                    key + ": cannot trust the positions in " + file + ": " + e.getMessage()
                            + ". Restore the file, or move it away and give the mark from changelog_users with"
                            + " startFrom=INDEX (without it no clear is sent below the newest record of the first"
                            + " reading)",
                    e);
        }
        if (!state.key().equals(key)) {
            throw new AckRepositoryException(
                    key + ": the positions in " + file + " are those of " + state.key() + ": move the file away");
        }
        return Optional.of(state);
    }

    @Override
    public void save(LedgerState state) throws AckRepositoryException {
        Path file = file(state.key());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel out = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(LedgerDocument.write(state));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new AckRepositoryException(
                    state.key() + ": cannot write the positions to " + file + " (" + e
                            + "): nothing is cleared until that works again",
                    e);
        }
    }

    private Path file(LedgerKey key) {
        return folder.resolve(key.mdt() + (key.user().isEmpty() ? "" : "." + key.user()) + ".json");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            // the lock goes with the process at the latest
        }
    }
}

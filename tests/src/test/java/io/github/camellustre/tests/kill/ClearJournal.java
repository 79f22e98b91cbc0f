// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What one MDT was asked to clear, over all lives of the daemon. Each request is in the file before it is passed on, with
 * the newest index read by then, and each answer after it; both outlive a kill of the process that wrote them.
 */
final class ClearJournal {
    static final String ASKED = "asked";
    static final String DONE = "done";
    static final String REFUSED = "refused";

    private final FileChannel requests;
    /** A mapped file: what is put there is the kernel's at once, and costs nothing on the way of every block. */
    private final MappedByteBuffer newestRead;

    private ClearJournal(FileChannel requests, MappedByteBuffer newestRead) {
        this.requests = requests;
        this.newestRead = newestRead;
    }

    static Path requests(Path folder, String mdt) {
        return folder.resolve(mdt + ".clears");
    }

    /** For the daemon's side. */
    static ClearJournal append(Path folder, String mdt) {
        try {
            Files.createDirectories(folder);
            FileChannel requests =
                    FileChannel.open(requests(folder, mdt), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            try (FileChannel read = FileChannel.open(
                    folder.resolve(mdt + ".read"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                return new ClearJournal(requests, read.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one reading thread, before it passes the records on. */
    void read(long index) {
        newestRead.putLong(0, Math.max(newestRead.getLong(0), index));
    }

    void asked(long index) {
        write(ASKED + " " + index + " " + newestRead.getLong(0));
    }

    void done(long index) {
        write(DONE + " " + index);
    }

    void refused(long index, String problem) {
        write(REFUSED + " " + index + " " + problem.replace('\n', ' '));
    }

    private void write(String line) {
        try {
            requests.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

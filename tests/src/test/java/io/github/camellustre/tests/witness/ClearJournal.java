// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.witness;

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
public final class ClearJournal {
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

    public static Path requests(Path folder, String mdt) {
        return folder.resolve(mdt + ".clears");
    }

    private static Path reads(Path folder, String mdt) {
        return folder.resolve(mdt + ".read");
    }

    /** The newest index that the daemon has read, or 0. */
    public static long newestRead(Path folder, String mdt) throws IOException {
        Path file = reads(folder, mdt);
        byte[] index = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        return index.length < Long.BYTES ? 0 : ByteBuffer.wrap(index).getLong();
    }

    /** For the daemon's side. */
    static ClearJournal append(Path folder, String mdt) {
        try {
            Files.createDirectories(folder);
            FileChannel requests =
                    FileChannel.open(requests(folder, mdt), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            try (FileChannel read = FileChannel.open(
                    reads(folder, mdt), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
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

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a complete, hidden file a visible one that is compressed. At any moment the records are whole in one of them; what a
 * crash interrupts is done again.
 */
final class Compression {
    private static final Logger LOG = LoggerFactory.getLogger(Compression.class);
    private static final int STEP = 1 << 20;

    private final FileAccess files;
    private final boolean fsync;
    private final BooleanSupplier stopped;

    Compression(FileAccess files, boolean fsync, BooleanSupplier stopped) {
        this.files = files;
        this.fsync = fsync;
        this.stopped = stopped;
    }

    /** @return false if it was stopped before its end */
    boolean compress(Path waiting, Path visible) throws IOException {
        if (!files.exists(visible)) {
            Path part = waiting.resolveSibling("." + visible.getFileName() + ".part");
            if (!write(waiting, part)) {
                return false;
            }
            files.rename(part, visible);
            if (fsync) {
                files.syncDirectory(visible.getParent());
            }
            LOG.info("{}: complete", visible);
        }
        files.delete(waiting);
        return true;
    }

    private boolean write(Path from, Path part) throws IOException {
        try (FileChannel in = files.open(from, StandardOpenOption.READ);
                FileChannel out = files.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream plain = Channels.newOutputStream(out);
                GZIPOutputStream gzip = new GZIPOutputStream(plain, STEP)) {
            long size = in.size();
            for (long at = 0; at < size; at += STEP) {
                if (stopped.getAsBoolean()) {
                    return false;
                }
                gzip.write(FileContent.read(in, at, STEP));
            }
            gzip.finish();
            if (fsync) {
                out.force(true);
            }
        }
        return true;
    }
}

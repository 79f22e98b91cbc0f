// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Finds the last newline of a file, from its end. */
final class LastLine {
    private static final int STEP = 64 * 1024;

    /** A record of two 64 KiB names, each byte escaped, stays far below. */
    private static final long LONGEST = 4 << 20;

    private LastLine() {}

    /** Position behind the last newline; 0 in a file of one torn line. */
    static long end(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        long found = behindNewline(channel, size, size - LONGEST);
        if (found == 0 && size > LONGEST) {
            throw FileContent.foreign(path, "no newline in its last " + LONGEST + " bytes");
        }
        return found;
    }

    /** Position behind the last newline below {@code end}, 0 if there is none between {@code lowest} and it. */
    static long behindNewline(FileChannel channel, long end, long lowest) throws IOException {
        long to = end;
        while (to > Math.max(0, lowest)) {
            long from = Math.max(0, to - STEP);
            byte[] bytes = FileContent.read(channel, from, (int) (to - from));
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return from + i + 1;
                }
            }
            to = from;
        }
        return 0;
    }
}

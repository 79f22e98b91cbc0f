// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** What can be told of an existing file of one form. Reads only. */
interface FileContent {

    /**
     * @return length of the part that is whole records: what lies behind was torn
     * @throws LineFileException if the file is no file of this form, so that nothing of it may be cut
     */
    long wholeRecords(Path path, FileChannel channel) throws IOException;

    long firstIndex(Path path, FileChannel channel) throws IOException;

    /** Up to {@code most} bytes at {@code position}; fewer only at the end of the file. */
    static byte[] read(FileChannel channel, long position, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(most, channel.size() - position)));
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {}
        byte[] bytes = buffer.array();
        return buffer.hasRemaining() ? Arrays.copyOf(bytes, buffer.position()) : bytes;
    }

    static LineFileException foreign(Path path, String problem) {
        return new LineFileException(path, problem, "It is not a file of this sink and is left as it is: move it away");
    }
}

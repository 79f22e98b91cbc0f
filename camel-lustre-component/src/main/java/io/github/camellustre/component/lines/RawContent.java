// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordFormatException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** Records back to back. Only a record's own header tells its length, so the whole file is read to find the end of the last one. */
final class RawContent implements FileContent {
    private static final int STEP = 1 << 20;

    @Override
    public long wholeRecords(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        long position = 0;
        while (position < size) {
            byte[] bytes = FileContent.read(channel, position, STEP);
            long whole = whole(path, bytes);
            if (whole == 0) {
                if (bytes.length > RecordBuilder.MAX_RECORD) {
                    throw FileContent.foreign(path, "no changelog record at byte " + position);
                }
                return position;
            }
            position += whole;
        }
        return position;
    }

    private static long whole(Path path, byte[] bytes) {
        try {
            RecordBlock.frame(path.toString(), bytes);
            return bytes.length;
        } catch (RecordFormatException e) {
            return e.offset();
        }
    }

    @Override
    public long firstIndex(Path path, FileChannel channel) throws IOException {
        byte[] bytes = FileContent.read(channel, 0, RecordBuilder.MAX_RECORD);
        long whole = whole(path, bytes);
        if (whole == 0) {
            throw FileContent.foreign(path, "it does not begin with a changelog record");
        }
        return RecordBlock.frame(path.toString(), Arrays.copyOf(bytes, (int) whole))
                .index(0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code lfs changelog} text, where a name may hold newlines and nothing escapes them. What lies behind the last newline
 * and cannot be the beginning of a record is the rest of a torn record's name: that record is cut from its first line
 * on. Not noticed is only a record torn exactly behind a newline of its name, or in a name that imitates a record.
 */
final class TextContent implements FileContent {
    private static final Pattern RECORD = Pattern.compile(
            "(\\d{1,20}) \\d{2,10}[A-Z]* *\\d\\d:\\d\\d:\\d\\d\\.\\d{9} \\d{4}\\.\\d\\d\\.\\d\\d 0x[0-9a-f]+ t=\\[");

    /** A record's fixed beginning is shorter. */
    private static final int HEAD = 128;

    /** Two names of 64 KiB. */
    private static final int LONGEST = 1 << 18;

    @Override
    public long wholeRecords(Path path, FileChannel channel) throws IOException {
        long end = LastLine.end(path, channel);
        if (end == channel.size() || mayBegin(channel, end)) {
            return end;
        }
        long line = end;
        while (line > 0 && end - line < LONGEST) {
            line = LastLine.behindNewline(channel, line - 1, 0);
            if (head(channel, line).lookingAt()) {
                return line;
            }
        }
        throw FileContent.foreign(path, "its last lines are no record as lfs changelog prints it");
    }

    private static boolean mayBegin(FileChannel channel, long position) throws IOException {
        Matcher head = head(channel, position);
        return head.lookingAt() || head.hitEnd();
    }

    private static Matcher head(FileChannel channel, long position) throws IOException {
        return RECORD.matcher(new String(FileContent.read(channel, position, HEAD), StandardCharsets.ISO_8859_1));
    }

    @Override
    public long firstIndex(Path path, FileChannel channel) throws IOException {
        Matcher head = head(channel, 0);
        if (head.lookingAt()) {
            try {
                return Long.parseUnsignedLong(head.group(1));
            } catch (NumberFormatException e) {
                throw FileContent.foreign(path, "its first line has the index " + head.group(1));
            }
        }
        throw FileContent.foreign(path, "its first line is no record as lfs changelog prints it");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** JSON lines. JSON escapes newlines, so the last newline ends the last whole record. */
final class JsonContent implements FileContent {
    /** The index is among the first fields of a record. */
    private static final int HEAD = 4096;

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public long wholeRecords(Path path, FileChannel channel) throws IOException {
        return LastLine.end(path, channel);
    }

    @Override
    public long firstIndex(Path path, FileChannel channel) throws IOException {
        try (JsonParser parser = JSON.createParser(FileContent.read(channel, 0, HEAD))) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    parser.nextToken();
                    if (field.equals("index")) {
                        return parser.getBigIntegerValue().longValue();
                    }
                    parser.skipChildren();
                }
            }
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw FileContent.foreign(path, "its first line is no record in JSON (" + e.getOriginalMessage() + ")");
        }
        throw FileContent.foreign(path, "its first line is no record in JSON");
    }
}

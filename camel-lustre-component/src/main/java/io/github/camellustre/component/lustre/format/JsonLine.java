// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camellustre.changelog.ChangelogRecord;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One record after the other as JSON, with one generator for all: to make one takes about as long as a record. Used by one thread. */
final class JsonLine {
    private final RecordBuffer buffer = new RecordBuffer();
    private final JsonGenerator json;
    private final RecordJson fields;

    JsonLine() {
        try {
            json = RecordJson.generator(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fields = new RecordJson(json);
    }

    /** Without a newline. */
    byte[] of(ChangelogRecord record) throws IOException {
        buffer.reset();
        json.writeStartObject();
        fields.writeFields(record, null, 0);
        json.writeEndObject();
        json.flush();
        return buffer.toByteArray();
    }
}

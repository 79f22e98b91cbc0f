// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.window.StandsFor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Records as the API {@code _bulk} of Elasticsearch and OpenSearch takes them: for each a line that says where it goes and a line
 * with its JSON. The document's id is that of the record. Written straight to the generator, as all JSON of records is.
 */
public final class BulkJson {
    private static final SerializableString INDEX = new SerializedString("index");
    private static final SerializableString CREATE = new SerializedString("create");
    private static final SerializableString INDEX_NAME = new SerializedString("_index");
    private static final SerializableString DOCUMENT_ID = new SerializedString("_id");
    private static final SerializableString TIMESTAMP = new SerializedString("@timestamp");

    private final JsonGenerator json;
    private final RecordJson record;
    private final StandsFor standsFor;
    private final AsciiText name = new AsciiText();
    private long lastDay = -1;
    private SerializableString lastName;

    private BulkJson(JsonGenerator json, StandsFor standsFor) {
        this.json = json;
        this.standsFor = standsFor;
        this.record = new RecordJson(json);
    }

    /**
     * Into an index for each day, {@code PREFIX-2026.11.26}, by the record's own time in UTC: a record that comes again is written
     * over itself. The records {@code [from, to)}.
     */
    public static void writeByDay(String prefix, List<ChangelogRecord> records, int from, int to, OutputStream out)
            throws IOException {
        try (JsonGenerator json = RecordJson.generator(out)) {
            BulkJson writer = new BulkJson(json, RecordJson.standsFor(records));
            for (int i = from; i < to; i++) {
                ChangelogRecord record = records.get(i);
                writer.writeAction(INDEX, writer.indexOf(prefix, record), record);
                json.writeStartObject();
                writer.writeRecord(record, i);
            }
        }
    }

    /** Into a data stream, which only takes what is new, and wants the time in {@code @timestamp}, too. */
    public static void writeToStream(String stream, List<ChangelogRecord> records, int from, int to, OutputStream out)
            throws IOException {
        try (JsonGenerator json = RecordJson.generator(out)) {
            BulkJson writer = new BulkJson(json, RecordJson.standsFor(records));
            SerializableString name = new SerializedString(stream);
            for (int i = from; i < to; i++) {
                ChangelogRecord record = records.get(i);
                writer.writeAction(CREATE, name, record);
                json.writeStartObject();
                writer.record.writeTime(TIMESTAMP, record);
                writer.writeRecord(record, i);
            }
        }
    }

    private void writeAction(SerializableString action, SerializableString index, ChangelogRecord of)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName(action);
        json.writeStartObject();
        json.writeFieldName(INDEX_NAME);
        json.writeString(index);
        record.writeId(DOCUMENT_ID, of);
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void writeRecord(ChangelogRecord of, int position) throws IOException {
        record.writeFields(of, standsFor, position);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Records of one day follow each other. */
    private SerializableString indexOf(String prefix, ChangelogRecord record) {
        long day = AsciiText.epochDay(record.seconds(), record.nanos());
        if (day != lastDay) {
            name.clear().append(prefix).append('-').appendDay(day, '.');
            lastDay = day;
            lastName = new SerializedString(name.toString());
        }
        return lastName;
    }
}

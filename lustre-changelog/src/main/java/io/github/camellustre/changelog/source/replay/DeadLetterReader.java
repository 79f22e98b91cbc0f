// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.camellustre.changelog.RecordSize;
import io.github.camellustre.changelog.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Dead letters, one JSON object a line with the bytes of the record in its field {@code raw}. Records die in any order and
 * sometimes twice, so that all are read before the first is given; they are few, or something else is wrong.
 */
final class DeadLetterReader implements RecordReader {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();
    private static final String RAW = "raw";

    private final ReplayInput input;
    private final InputStream content;
    private Iterator<byte[]> records;
    private byte[] record;
    private int line;

    DeadLetterReader(ReplayInput input, InputStream content) {
        this.input = input;
        this.content = content;
    }

    @Override
    public boolean next() throws SourceException {
        if (records == null) {
            records = readAll().values().iterator();
        }
        if (!records.hasNext()) {
            return false;
        }
        record = records.next();
        return true;
    }

    private SortedMap<Long, byte[]> readAll() throws SourceException {
        SortedMap<Long, byte[]> all = new TreeMap<>(Long::compareUnsigned);
        try (JsonParser json = JSON.createParser(content)) {
            while (json.nextToken() != null) {
                line = json.currentTokenLocation().getLineNr();
                byte[] raw = raw(json);
                if (RecordSize.of(raw, 0, raw.length) != raw.length) {
                    throw input.damaged(place(), -1, "its field 'raw' is not the bytes of one record");
                }
                all.put(RecordSize.index(raw, 0), raw);
            }
        } catch (JacksonException e) {
            line = e.getLocation() == null ? line : e.getLocation().getLineNr();
            throw input.damaged(place(), -1, "no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw input.unreadable(place(), e);
        }
        return all;
    }

    private byte[] raw(JsonParser json) throws IOException, SourceException {
        byte[] raw = null;
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals(RAW);
                json.nextToken();
                if (wanted) {
                    raw = json.getBinaryValue();
                } else {
                    json.skipChildren();
                }
            }
        }
        if (raw == null) {
            throw input.damaged(
                    place(),
                    -1,
                    "it has no field 'raw' with the bytes of the record, as dead letters have; other JSON cannot be replayed,"
                            + " because it leaves out what only the bytes have");
        }
        return raw;
    }

    @Override
    public byte[] bytes() {
        return record;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return record.length;
    }

    @Override
    public String place() {
        return "line " + line;
    }

    @Override
    public void close() {
        input.close(content);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBody;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.component.lustre.token.FilteredOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Counts the records of a batch by type, for each directory or job, and makes lines of JSON of that: the one with the most
 * records first, among equals the one that came first. What belongs to none is not counted; where nothing is counted, the
 * exchange ends here.
 */
public final class RecordTally implements Processor {
    /** What has a line. */
    public enum By {
        /** Where a name was made, moved or removed; of a rename both directories. */
        DIRECTORY("directory"),
        JOB("job");

        private final String field;

        By(String field) {
            this.field = field;
        }
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private By by = By.DIRECTORY;

    @Override
    public void process(Exchange exchange) throws IOException {
        Map<Object, Line> lines = new LinkedHashMap<>();
        for (ChangelogRecord record : RecordBody.records(exchange.getMessage().getBody())) {
            for (Object key : keys(record)) {
                lines.computeIfAbsent(key, any -> new Line(record)).add(record);
            }
        }
        if (lines.isEmpty()) {
            FilteredOut.end(exchange);
            return;
        }
        exchange.getMessage().setBody(json(lines));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/x-ndjson");
    }

    private List<?> keys(ChangelogRecord record) {
        if (by == By.JOB) {
            String job = record.jobId();
            return job.isEmpty() ? List.of() : List.of(job);
        }
        List<Fid> directories = new ArrayList<>(2);
        record.trustedParentFid().ifPresent(directories::add);
        boolean moves = record.type().equals(RecordType.RENME) || record.type().equals(RecordType.MIGRT);
        if (moves && !record.sourceParentFid().isZero() && !directories.contains(record.sourceParentFid())) {
            directories.add(record.sourceParentFid());
        }
        return directories;
    }

    private byte[] json(Map<Object, Line> lines) throws IOException {
        List<Map.Entry<Object, Line>> hottestFirst = new ArrayList<>(lines.entrySet());
        hottestFirst.sort(Comparator.comparingLong(line -> -line.getValue().records));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Map.Entry<Object, Line> line : hottestFirst) {
            try (JsonGenerator json = JSON.createGenerator(bytes).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
                json.writeStartObject();
                json.writeStringField(by.field, line.getKey().toString());
                line.getValue().write(json);
                json.writeEndObject();
            }
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    /** What is known of one directory or job. */
    private static final class Line {
        private final String mdt;
        private final Instant from;
        private final long firstIndex;
        private final Map<Integer, Long> types = new TreeMap<>();
        private long records;
        private Instant to;
        private long lastIndex;
        private boolean ofOneMdt = true;

        Line(ChangelogRecord first) {
            mdt = first.mdt();
            from = first.time();
            firstIndex = first.index();
            to = from;
        }

        void add(ChangelogRecord record) {
            records++;
            types.merge(record.typeNumber(), 1L, Long::sum);
            ofOneMdt &= record.mdt().equals(mdt);
            lastIndex = record.index();
            to = record.time();
        }

        void write(JsonGenerator json) throws IOException {
            if (ofOneMdt) {
                json.writeStringField("mdt", mdt);
                json.writeNumberField("firstIndex", firstIndex);
                json.writeNumberField("lastIndex", lastIndex);
            }
            json.writeStringField("from", TIME.format(from));
            json.writeStringField("to", TIME.format(to));
            json.writeNumberField("records", records);
            json.writeObjectFieldStart("types");
            for (Map.Entry<Integer, Long> type : types.entrySet()) {
                json.writeNumberField(RecordType.of(type.getKey()).toString(), type.getValue());
            }
            json.writeEndObject();
        }
    }

    public By getBy() {
        return by;
    }

    /** The default is {@link By#DIRECTORY}. */
    public void setBy(By by) {
        this.by = by;
    }
}

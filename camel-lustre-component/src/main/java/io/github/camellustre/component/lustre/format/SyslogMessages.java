// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBody;
import io.github.camellustre.changelog.window.StandsFor;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.util.InetAddressUtil;

/**
 * Makes of records messages of syslog as RFC 5424 has them, a line each (RFC 6587): the time of the record, its type as message id,
 * and its JSON. All in one text, because a message sent alone costs more than all else that is done for it. A bean for routes; any
 * thread.
 */
public final class SyslogMessages {
    /** Facility 13 (log audit), severity 6 (informational); version 1. */
    private static final String HEAD = "<110>1 ";

    /** RFC 5424 knows no nanoseconds. */
    private static final int TO_MILLISECONDS = "2026-11-22T09:56:24.293".length();

    private static final String TAIL = " - ";

    private final String beforeType = "Z " + InetAddressUtil.getLocalHostNameSafe() + " camel-lustre - ";

    /**
     * @param body a record, a batch or a list of them
     * @return bytes, because to encode a long text costs more than to make it
     */
    public byte[] messages(@Body Object body) throws IOException {
        List<ChangelogRecord> records = RecordBody.records(body);
        RecordBuffer out = new RecordBuffer();
        try (JsonGenerator json = RecordJson.generator(out)) {
            RecordJson fields = new RecordJson(json);
            StandsFor standsFor = RecordJson.standsFor(records);
            AsciiText time = new AsciiText();
            for (int i = 0; i < records.size(); i++) {
                ChangelogRecord record = records.get(i);
                time.clear().appendTime(record.seconds(), record.nanos());
                json.writeRaw(HEAD);
                json.writeRaw(time.toString(), 0, TO_MILLISECONDS);
                json.writeRaw(beforeType);
                json.writeRaw(record.type().toString());
                json.writeRaw(TAIL);
                json.writeStartObject();
                fields.writeFields(record, standsFor, i);
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }
        return out.toByteArray();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.lustre.LustreConstants;
import io.github.camellustre.component.lustre.format.LustreConverters;
import io.github.camellustre.component.lustre.format.RecordBuffer;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/** Records that could not be delivered, one JSON object a line: the bytes, for a replay, and beside them what people ask for. */
final class DeadLetter {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    /** An answer of a service may be a whole page. */
    private static final int LONGEST_REASON = 4_000;

    private DeadLetter() {}

    static void write(List<ChangelogRecord> records, Exchange exchange, RecordBuffer out) throws IOException {
        String reason = reason(exchange);
        String route = route(exchange);
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        try (JsonGenerator json = JSON.createGenerator(out).setRootValueSeparator(null)) {
            for (ChangelogRecord record : records) {
                json.writeStartObject();
                json.writeStringField("id", record.mdt() + '/' + Long.toUnsignedString(record.index()));
                json.writeStringField("mdt", record.mdt());
                json.writeFieldName("index");
                json.writeNumber(new BigInteger(Long.toUnsignedString(record.index())));
                json.writeStringField("diedAt", time);
                json.writeStringField("route", route);
                json.writeStringField("reason", reason);
                json.writeStringField("text", LustreConverters.toString(record));
                json.writeBinaryField("raw", record.toByteArray());
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }
    }

    /** What the route says, or else the exception for which the records come here. */
    private static String reason(Exchange exchange) {
        String told = exchange.getMessage().getHeader(LustreConstants.REASON, String.class);
        Throwable cause = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        String reason = told != null ? told : cause != null ? cause.toString() : "not known";
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "..." : reason;
    }

    /** The policy, also where a route behind it sent them. */
    private static String route(Exchange exchange) {
        String from = exchange.getFromRouteId();
        return from != null ? from : exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, "", String.class);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.component.Captures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BulkJsonTest {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy.MM.dd").withZone(ZoneOffset.UTC);

    private static String json(ChangelogRecord record) throws IOException {
        RecordBuffer bytes = new RecordBuffer();
        RecordForm.lines.write(List.of(record), bytes);
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private static String byDay(ChangelogRecord... records) throws IOException {
        RecordBuffer bytes = new RecordBuffer();
        BulkJson.writeByDay("lustre", List.of(records), 0, records.length, bytes);
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void eachRecordIsALineWithItsPlaceAndItsJson() throws IOException {
        assertThat(byDay(Captures.zoo(4), Captures.zoo(5)))
                .isEqualTo("{\"index\":{\"_index\":\"lustre-2026.11.22\",\"_id\":\"fs-MDT0000/4\"}}\n"
                        + json(Captures.zoo(4))
                        + "{\"index\":{\"_index\":\"lustre-2026.11.22\",\"_id\":\"fs-MDT0000/5\"}}\n"
                        + json(Captures.zoo(5)));
    }

    @Property
    void theIndexIsThatOfTheDayInUtc(
            @ForAll @LongRange(min = 0, max = 253_402_300_798L) long seconds,
            @ForAll @IntRange(min = 0, max = 1_073_741_823) int nanos)
            throws IOException {
        ChangelogRecord at = at(seconds, nanos);
        ChangelogRecord before = at(Math.max(0, seconds - 86_400), 0);
        String[] lines = byDay(before, at).split("\n");
        assertThat(lines[0]).contains("\"lustre-" + DAY.format(before.time()) + '"');
        assertThat(lines[2]).contains("\"lustre-" + DAY.format(at.time()) + '"');
    }

    private static ChangelogRecord at(long seconds, int nanos) {
        return new RecordBuilder(RecordType.CREAT)
                .time(seconds & 0x3_ffff_ffffL, nanos)
                .build("fs-MDT0000");
    }

    @Test
    void aDataStreamTakesTheTimeTwice() throws IOException {
        RecordBuffer bytes = new RecordBuffer();
        BulkJson.writeToStream("changes", List.of(Captures.zoo(4)), 0, 1, bytes);
        String time = Instant.parse("2026-11-22T09:56:27.832146180Z").toString();
        assertThat(new String(bytes.toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("{\"create\":{\"_index\":\"changes\",\"_id\":\"fs-MDT0000/4\"}}\n{\"@timestamp\":\"" + time
                        + "\"," + json(Captures.zoo(4)).substring(1));
    }
}

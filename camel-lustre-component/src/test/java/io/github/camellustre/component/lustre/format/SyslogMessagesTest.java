// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.Captures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SyslogMessagesTest {
    /** RFC 5424, 6: priority and version, time, host, application, process, message id, structured data, message. */
    private static final Pattern MESSAGE =
            Pattern.compile("<110>1 (\\S{20,24}) [!-~]{1,255} camel-lustre - ([!-~]{1,32}) - (\\{.*})");

    @Test
    void eachRecordIsALineWithItsTimeItsTypeAndItsJson() throws IOException {
        List<ChangelogRecord> records = Captures.zoo();
        String[] lines = new String(new SyslogMessages().messages(records), StandardCharsets.UTF_8).split("\n", -1);
        assertThat(lines).hasSize(records.size() + 1);
        assertThat(lines[records.size()]).isEmpty();
        for (int i = 0; i < records.size(); i++) {
            ChangelogRecord record = records.get(i);
            Matcher message = MESSAGE.matcher(lines[i]);
            assertThat(message.matches()).as(lines[i]).isTrue();
            assertThat(Instant.parse(message.group(1))).isEqualTo(record.time().truncatedTo(ChronoUnit.MILLIS));
            assertThat(message.group(2)).isEqualTo(record.type().toString());
            assertThat(message.group(3) + '\n').isEqualTo(line(record));
        }
    }

    private static String line(ChangelogRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RecordForm.lines.write(List.of(record), bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

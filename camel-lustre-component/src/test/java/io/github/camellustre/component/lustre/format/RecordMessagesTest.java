// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.Captures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordMessagesTest {

    @ParameterizedTest
    @EnumSource(
            value = RecordForm.class,
            names = {"lines", "text", "raw"})
    void eachRecordIsAMessageWithItsKeyAndPlace(RecordForm form) throws IOException {
        RecordMessages messages = new RecordMessages();
        messages.setForm(form);
        messages.setKeyHeader("k");
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(Captures.zoo());
        List<Message> made = all(messages.messages(exchange));
        assertThat(made).hasSize(Captures.zoo().size());
        for (int i = 0; i < made.size(); i++) {
            ChangelogRecord record = Captures.zoo().get(i);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            form.write(List.of(record), bytes);
            byte[] body = made.get(i).getBody(byte[].class);
            assertThat(form == RecordForm.raw ? body : withNewline(body)).isEqualTo(bytes.toByteArray());
            assertThat(made.get(i).getHeader("mdt")).isEqualTo("fs-MDT0000");
            assertThat(made.get(i).getHeader("index")).isEqualTo(Long.toString(record.index()));
            String fid = record.subjects().isEmpty()
                    ? null
                    : record.subjects().get(0).toString();
            assertThat(made.get(i).getHeader("k")).isEqualTo(fid);
        }

        messages.setKey(RecordMessages.Key.parent);
        List<Message> byParent = all(messages.messages(exchange));
        for (int i = 0; i < made.size(); i++) {
            Object fid = made.get(i).getHeader("k");
            assertThat(byParent.get(i).getHeader("k"))
                    .isEqualTo(Captures.zoo()
                            .get(i)
                            .trustedParentFid()
                            .<Object>map(Object::toString)
                            .orElse(fid));
        }
    }

    @Test
    void theKeyDoesNotGoOutAsAHeader() {
        RecordMessages messages = new RecordMessages();
        messages.setKeyHeader("k");
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(Captures.zoo());
        Message first = messages.messages(exchange).iterator().next();
        assertThat(first.getHeaders().entrySet().stream()
                        .filter(header ->
                                !messages.applyFilterToCamelHeaders(header.getKey(), header.getValue(), exchange)))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("mdt", "index");
    }

    @Test
    void noneIsSentBehindOneThatFailed() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(Captures.zoo());
        Iterator<Message> messages = new RecordMessages().messages(exchange).iterator();
        assertThat(messages.next().getHeader("index")).isEqualTo("1");
        assertThat(messages).hasNext();
        exchange.setException(new IOException("nobody confirms"));
        assertThat(messages).isExhausted();
    }

    private static List<Message> all(Iterable<Message> messages) {
        List<Message> all = new ArrayList<>();
        messages.forEach(all::add);
        return all;
    }

    private static byte[] withNewline(byte[] body) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(body);
        line.write('\n');
        return line.toByteArray();
    }
}

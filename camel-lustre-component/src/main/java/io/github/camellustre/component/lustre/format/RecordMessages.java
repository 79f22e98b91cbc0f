// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * Makes of the records of an exchange messages, one for each, for components that send many as single messages in one go (Camel's
 * kafka). A splitter would make an exchange of each record, which costs more than the sending. A bean for routes; any thread.
 */
public final class RecordMessages {
    /** Which FID is the key. */
    public enum Key {
        /** That of the object: the moved one of RENME and MIGRT, else the target. */
        fid,
        /** That of the parent directory where Lustre's is to be trusted, else that of the object. */
        parent
    }

    private RecordForm form = RecordForm.lines;
    private String keyHeader = "key";
    private Key key = Key.fid;

    /**
     * Each with the headers {@code mdt} and {@code index} and, where the record has such a FID, the key. There are no more of them as soon
     * as the exchange has failed: a sender would wait its whole time-out for each, and the batch comes again anyway.
     */
    public Iterable<Message> messages(Exchange exchange) {
        List<ChangelogRecord> records = RecordBody.records(exchange.getMessage().getBody());
        return () -> new Iterator<>() {
            private final Bodies bodies = bodies();
            private int next;

            @Override
            public boolean hasNext() {
                return next < records.size() && exchange.getException() == null;
            }

            @Override
            public Message next() {
                if (next == records.size()) {
                    throw new NoSuchElementException();
                }
                return message(exchange.getContext(), records.get(next++), bodies);
            }
        };
    }

    @FunctionalInterface
    private interface Bodies {
        byte[] of(ChangelogRecord record) throws IOException;
    }

    private Bodies bodies() {
        if (form == RecordForm.lines) {
            return new JsonLine()::of;
        }
        RecordBuffer buffer = new RecordBuffer();
        return record -> {
            buffer.reset();
            form.write(List.of(record), buffer);
            if (form == RecordForm.text) {
                buffer.truncate(buffer.size() - 1);
            }
            return buffer.toByteArray();
        };
    }

    private Message message(CamelContext context, ChangelogRecord record, Bodies bodies) {
        Message message = new DefaultMessage(context);
        message.setHeaders(headers(record));
        try {
            message.setBody(bodies.of(record));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return message;
    }

    private Map<String, Object> headers(ChangelogRecord record) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("mdt", record.mdt());
        headers.put("index", Long.toUnsignedString(record.index()));
        keyOf(record).ifPresent(fid -> headers.put(keyHeader, fid.toString()));
        return headers;
    }

    private Optional<Fid> keyOf(ChangelogRecord record) {
        Optional<Fid> parent = key == Key.parent ? record.trustedParentFid() : Optional.empty();
        return parent.or(() -> record.subjects().stream().findFirst());
    }

    public RecordForm getForm() {
        return form;
    }

    /** {@code lines} (the default), {@code text} or {@code raw}; without a newline behind each. */
    public void setForm(RecordForm form) {
        this.form = form;
    }

    public String getKeyHeader() {
        return keyHeader;
    }

    /** Header that takes the key, as {@code kafka.KEY}. */
    public void setKeyHeader(String keyHeader) {
        this.keyHeader = keyHeader;
    }

    public Key getKey() {
        return key;
    }

    /** {@code fid} (the default) or {@code parent}. */
    public void setKey(Key key) {
        this.key = key;
    }
}

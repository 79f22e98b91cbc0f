// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultMessage;

/**
 * Makes of the records of an exchange messages, one for each, for components that send many as single messages in one go (Camel's
 * kafka). A splitter would make an exchange of each record, which costs more than the sending. A bean for routes; any thread.
 *
 * <p>It is also the filter of their headers: the key goes out as the key alone. Camel's filters look at each name in lower case for
 * several prefixes, which costs a twentieth of all that a record costs.
 */
public final class RecordMessages implements HeaderFilterStrategy {
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
     * Each with the headers {@code mdt} and {@code index} and, where the record has such a FID, the key. All are made before the first is
     * sent: Kafka's client sends on what it has, and makes fewer and larger requests of messages that come close together. There are no
     * more of them as soon as the exchange has failed: a sender would wait its whole time-out for each, and the batch comes again anyway.
     */
    @Handler
    public Iterable<Message> messages(Exchange exchange) {
        List<ChangelogRecord> records = RecordBody.records(exchange.getMessage().getBody());
        Bodies bodies = bodies();
        List<Message> made = new ArrayList<>(records.size());
        for (ChangelogRecord record : records) {
            made.add(message(exchange.getContext(), record, bodies));
        }
        return () -> new Iterator<>() {
            private final Iterator<Message> messages = made.iterator();

            @Override
            public boolean hasNext() {
                return messages.hasNext() && exchange.getException() == null;
            }

            @Override
            public Message next() {
                return messages.next();
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
        Message message = new RecordMessage(context, record);
        try {
            message.setBody(bodies.of(record));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return message;
    }

    /** Makes its headers itself: Camel would copy them into a map that ignores case, which costs half as much as the JSON. */
    private final class RecordMessage extends DefaultMessage {
        private final ChangelogRecord record;

        RecordMessage(CamelContext context, ChangelogRecord record) {
            super(context);
            this.record = record;
        }

        @Override
        protected Map<String, Object> createHeaders() {
            Map<String, Object> headers = new HashMap<>(4);
            headers.put("mdt", record.mdt());
            headers.put("index", Long.toUnsignedString(record.index()));
            Fid fid = keyOf(record);
            if (fid != null) {
                headers.put(keyHeader, fid.toString());
            }
            return headers;
        }
    }

    private Fid keyOf(ChangelogRecord record) {
        if (key == Key.parent) {
            Optional<Fid> parent = record.trustedParentFid();
            if (parent.isPresent()) {
                return parent.get();
            }
        }
        List<Fid> subjects = record.subjects();
        return subjects.isEmpty() ? null : subjects.get(0);
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return name.equals(keyHeader);
    }

    /** Nothing: it is for messages that leave. */
    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return false;
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

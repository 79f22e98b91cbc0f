// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Splits records by MDT and type, for sinks that have a topic for each: {@code split: {expression: {ref: lustreByType}}}.
 * Each part is a batch in the order of the whole, with the headers MDT, type and count; parts come in the order of their
 * first records.
 */
final class RecordsByType extends ExpressionAdapter {

    @Override
    public Object evaluate(Exchange exchange) {
        Map<Topic, List<ChangelogRecord>> parts = new LinkedHashMap<>();
        Topic topic = null;
        List<ChangelogRecord> part = null;
        for (ChangelogRecord record : RecordBody.records(exchange.getMessage().getBody())) {
            // records of one type often follow each other
            if (topic == null
                    || topic.type() != record.typeNumber()
                    || !topic.mdt().equals(record.mdt())) {
                topic = new Topic(record.mdt(), record.typeNumber());
                part = parts.computeIfAbsent(topic, any -> new ArrayList<>());
            }
            part.add(record);
        }
        List<Message> messages = new ArrayList<>(parts.size());
        for (List<ChangelogRecord> records : parts.values()) {
            messages.add(message(exchange, records));
        }
        return messages;
    }

    private static Message message(Exchange exchange, List<ChangelogRecord> records) {
        ChangelogRecord first = records.get(0);
        Message message = new DefaultMessage(exchange.getContext());
        message.setBody(ChangelogBatch.of(records));
        message.setHeader(LustreConstants.MDT, first.mdt());
        message.setHeader(LustreConstants.TYPE, first.type().toString());
        message.setHeader(LustreConstants.COUNT, records.size());
        return message;
    }

    private record Topic(String mdt, int type) {}

    @Override
    public String toString() {
        return LustreComponent.BY_TYPE;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBody;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
        List<ChangelogRecord> body = RecordBody.records(exchange.getMessage().getBody());
        ChangelogBatch records = body instanceof ChangelogBatch batch ? batch : ChangelogBatch.of(body);
        List<Message> messages = new ArrayList<>();
        for (Part part : parts(records)) {
            messages.add(message(exchange, part, records));
        }
        return messages;
    }

    private static List<Part> parts(ChangelogBatch records) {
        List<Part> parts = new ArrayList<>();
        Map<String, List<Part>> byMdt = new HashMap<>();
        String mdt = null;
        List<Part> ofMdt = List.of();
        for (int position = 0; position < records.size(); position++) {
            // records of one MDT often follow each other
            if (!records.mdt(position).equals(mdt)) {
                mdt = records.mdt(position);
                ofMdt = byMdt.computeIfAbsent(mdt, any -> new ArrayList<>());
            }
            int type = records.typeNumber(position);
            Part part = find(ofMdt, type);
            if (part == null) {
                part = new Part(mdt, type);
                ofMdt.add(part);
                parts.add(part);
            }
            part.add(position);
        }
        return parts;
    }

    /** Types are few: looking at each costs less than a key for a map. */
    private static Part find(List<Part> parts, int type) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).type == type) {
                return parts.get(i);
            }
        }
        return null;
    }

    private static Message message(Exchange exchange, Part part, ChangelogBatch records) {
        Message message = new DefaultMessage(exchange.getContext());
        message.setBody(records.pick(part.positions()));
        message.setHeader(LustreConstants.MDT, part.mdt);
        message.setHeader(LustreConstants.TYPE, RecordType.of(part.type).toString());
        message.setHeader(LustreConstants.COUNT, part.count);
        return message;
    }

    /** Where the records of one MDT and type are. */
    private static final class Part {
        private final String mdt;
        private final int type;
        private int[] positions = new int[16];
        private int count;

        Part(String mdt, int type) {
            this.mdt = mdt;
            this.type = type;
        }

        void add(int position) {
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, 2 * count);
            }
            positions[count++] = position;
        }

        int[] positions() {
            return Arrays.copyOf(positions, count);
        }
    }

    @Override
    public String toString() {
        return LustreComponent.BY_TYPE;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.window.RecordGroup;
import io.github.camellustre.changelog.window.StandsFor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Splits what a window comes to into its groups: {@code split: {expression: {ref: lustreByGroup}}}. Each part is a batch with
 * the headers group, count and received, and the MDT if the window is of one; parts come in the order of the groups.
 */
final class RecordsByGroup extends ExpressionAdapter {

    @Override
    public Object evaluate(Exchange exchange) {
        ChangelogBatch records = exchange.getMessage().getBody() instanceof ChangelogBatch batch ? batch : null;
        StandsFor note = records == null ? null : records.note(StandsFor.class);
        if (note == null || note.window() == null) {
            throw new IllegalArgumentException(
                    "the body is not what a window has come to: put the split by group right behind"
                            + " the aggregate step whose strategy is a LustreWindow, and filters before that");
        }
        List<RecordGroup> groups = note.window().groups();
        List<Message> parts = new ArrayList<>(groups.size());
        for (RecordGroup group : groups) {
            int size = group.records().size();
            int[] positions =
                    IntStream.range(group.first(), group.first() + size).toArray();
            parts.add(message(exchange, group, records.pick(positions)));
        }
        return parts;
    }

    private static Message message(Exchange exchange, RecordGroup group, ChangelogBatch records) {
        Message message = new DefaultMessage(exchange.getContext());
        message.getHeaders().putAll(exchange.getMessage().getHeaders());
        message.removeHeader(LustreConstants.WINDOW);
        message.setBody(records);
        message.setHeader(LustreConstants.GROUP, group.key());
        message.setHeader(LustreConstants.COUNT, records.size());
        message.setHeader(LustreConstants.RECEIVED, group.received());
        return message;
    }

    @Override
    public String toString() {
        return LustreComponent.BY_GROUP;
    }
}

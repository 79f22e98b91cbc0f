// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBody;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.support.ExpressionAdapter;

/** How the kamelet {@code lustre-split-action} takes records apart: messages with the headers of what they are. */
public final class RecordParts extends ExpressionAdapter {
    /** What a part is. */
    public enum By {
        /** One record, with the headers that {@code lustre:} gives it. */
        RECORD,
        /** A batch, with MDT, type and count: see {@link RecordsByType}. */
        TYPE,
        /** A batch with the records of one group of a window, in the window's order, with the group's key: see {@link RecordsByGroup}. */
        GROUP
    }

    private final Expression byType = new RecordsByType();
    private final Expression byGroup = new RecordsByGroup();
    private By by = By.RECORD;

    @Override
    public Object evaluate(Exchange exchange) {
        return switch (by) {
            case RECORD -> records(exchange.getContext(), exchange.getMessage().getBody());
            case TYPE -> byType.evaluate(exchange, List.class);
            case GROUP -> byGroup.evaluate(exchange, List.class);
        };
    }

    private static List<Message> records(CamelContext context, Object body) {
        List<Message> messages = new ArrayList<>();
        for (ChangelogRecord record : RecordBody.records(body)) {
            messages.add(new RecordMessage(context, record));
        }
        return messages;
    }

    public By getBy() {
        return by;
    }

    /** The default is {@link By#RECORD}. */
    public void setBy(By by) {
        this.by = by;
    }
}

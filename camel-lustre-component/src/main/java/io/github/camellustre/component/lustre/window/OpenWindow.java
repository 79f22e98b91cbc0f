// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.window;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBody;
import io.github.camellustre.changelog.window.ChangelogWindow;
import io.github.camellustre.changelog.window.WindowOptions;
import io.github.camellustre.changelog.window.WindowResult;
import io.github.camellustre.component.lustre.LustreConstants;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;

/** One of an aggregator's groups while it is open: the body of its exchange. Changed under the aggregator's lock only. */
final class OpenWindow {
    private static final String RECORD_HEADERS = "CamelLustre*";

    private final Exchange group;
    private final ChangelogWindow window;
    private final long opened = System.nanoTime();
    /** Null if the records are of several. */
    private String mdt;

    private Object firstIndex;
    private Object lastIndex;

    /** @param group the first exchange, which becomes that of the window */
    OpenWindow(Exchange group, WindowOptions options) {
        this.group = group;
        this.window = new ChangelogWindow(options);
        Message first = group.getMessage();
        mdt = first.getHeader(LustreConstants.MDT, String.class);
        firstIndex = index(first, LustreConstants.FIRST_INDEX);
    }

    static OpenWindow of(Exchange group) {
        return (OpenWindow) group.getMessage().getBody();
    }

    /** @throws IllegalArgumentException if its body is no record, no batch and no list of them; nothing is added then */
    void add(Exchange exchange) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        if (body instanceof ChangelogRecord record) {
            window.add(record);
        } else if (body instanceof ChangelogBatch batch) {
            window.add(batch);
        } else {
            RecordBody.records(body).forEach(window::add);
        }
        lastIndex = index(message, LustreConstants.LAST_INDEX);
        if (mdt != null && !mdt.equals(message.getHeader(LustreConstants.MDT))) {
            mdt = null;
        }
    }

    /** A record's first: to ask its message for a batch's header makes a map of all that it has. */
    private static Object index(Message message, String ofBatch) {
        Object index = message.getHeader(LustreConstants.INDEX);
        return index == null ? message.getHeader(ofBatch) : index;
    }

    /** Ends the window and turns the exchange's message into what it comes to. */
    WindowResult close() {
        WindowResult result = window.close();
        ChangelogBatch records = result.records();
        Message message = group.getMessage();
        // those of the first record; what the route's author has set stays
        message.removeHeaders(RECORD_HEADERS);
        if (mdt != null) {
            message.setHeader(LustreConstants.MDT, mdt);
            message.setHeader(LustreConstants.FIRST_INDEX, firstIndex);
            message.setHeader(LustreConstants.LAST_INDEX, lastIndex);
        }
        message.setHeader(LustreConstants.COUNT, records.size());
        message.setHeader(LustreConstants.WINDOW, result);
        message.setBody(records);
        return result;
    }

    Exchange group() {
        return group;
    }

    int records() {
        return window.received();
    }

    long bytes() {
        return window.bytes();
    }

    /** For any thread. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - opened);
    }

    /** Under which the aggregator keeps it; null before it does. */
    String key() {
        return group.getProperty(ExchangePropertyKey.AGGREGATED_CORRELATION_KEY, String.class);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.ChangelogRecord;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * A record's message. Its headers are decoded when they are read and put into a map only when a route changes or lists
 * them: making that map for every record costs more than the rest of the exchange.
 */
final class RecordMessage extends DefaultMessage {
    private ChangelogRecord record;

    RecordMessage(CamelContext context, ChangelogRecord record) {
        super(context);
        this.record = record;
        setBody(record);
    }

    private RecordMessage(CamelContext context) {
        super(context);
    }

    /**
     * Puts a record into its message, and what has been found out about its paths among the headers.
     *
     * @param message perhaps no {@code RecordMessage} any more: a route may have put another in its place
     */
    static void show(Message message, ChangelogRecord record) {
        if (message instanceof RecordMessage own && !own.hasPopulatedHeaders()) {
            own.record = record;
        } else {
            for (String name : RecordHeaders.PATHS) {
                Object value = RecordHeaders.value(record, name);
                if (value == null) {
                    message.removeHeader(name);
                } else {
                    message.setHeader(name, value);
                }
            }
        }
        message.setBody(record);
    }

    @Override
    public Object getHeader(String name) {
        if (hasPopulatedHeaders()) {
            return super.getHeader(name);
        }
        Object value = record == null ? null : RecordHeaders.value(record, name);
        // Header names are not case-sensitive: one that is written otherwise takes the long way.
        boolean elsewise = value == null
                && name.regionMatches(true, 0, "CamelLustre", 0, 11)
                && !RecordHeaders.NAMES.contains(name);
        return elsewise ? super.getHeader(name) : value;
    }

    @Override
    public Object getHeader(String name, Object defaultValue) {
        Object value = getHeader(name);
        return value == null ? defaultValue : value;
    }

    @Override
    public <T> T getHeader(String name, Class<T> type) {
        if (!hasPopulatedHeaders()) {
            Object value = getHeader(name);
            if (type.isInstance(value)) {
                return type.cast(value);
            }
            if (value == null && type != boolean.class && !hasPopulatedHeaders()) {
                return null;
            }
        }
        return super.getHeader(name, type);
    }

    /** Camel's aggregator asks so for each exchange, for headers that are never there. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> T getHeader(String name, Object defaultValue, Class<T> type) {
        boolean primitive = type == boolean.class && defaultValue instanceof Boolean;
        if (isAbsent(name) && (primitive || type.isInstance(defaultValue))) {
            return (T) defaultValue;
        }
        return super.getHeader(name, defaultValue, type);
    }

    /** True if that is known without making the map. */
    private boolean isAbsent(String name) {
        return !hasPopulatedHeaders() && getHeader(name) == null && !hasPopulatedHeaders();
    }

    @Override
    public Object removeHeader(String name) {
        return isAbsent(name) ? null : super.removeHeader(name);
    }

    @Override
    public void copyFrom(Message that) {
        if (that instanceof RecordMessage other && !other.hasPopulatedHeaders() && !hasPopulatedHeaders()) {
            record = other.record;
            setBody(other.getBody());
            if (other.hasMessageId()) {
                setMessageId(other.getMessageId());
            }
        } else {
            super.copyFrom(that);
        }
    }

    @Override
    public DefaultMessage newInstance() {
        return new RecordMessage(getCamelContext());
    }

    @Override
    public void reset() {
        super.reset();
        record = null;
    }

    @Override
    protected boolean isPopulateHeadersSupported() {
        return record != null;
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> map) {
        if (record == null) {
            return;
        }
        for (String name : RecordHeaders.NAMES) {
            Object value = RecordHeaders.value(record, name);
            if (value != null) {
                map.put(name, value);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Kafka's client repeats while brokers are in trouble is told once in ten seconds: it has a line for each attempt at each
 * partition, hundreds a second for a large topic. Named in {@code logback.xml}.
 */
public final class RepeatedWarnings extends Filter<ILoggingEvent> {
    private static final String CLIENT = "org.apache.kafka.clients.";
    private static final long PAUSE = Duration.ofSeconds(10).toMillis();
    private static final int KINDS = 100;
    /** Counters, ids and partitions, by which repeats differ; not the number or address of a broker. */
    private static final Pattern NUMBER = Pattern.compile("(?<!node )(?<=[ (-])\\d++(?![:.])");

    private final Map<String, Long> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > KINDS;
        }
    };

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLoggerName().startsWith(CLIENT) && isRepeated(event) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private synchronized boolean isRepeated(ILoggingEvent event) {
        String kind = NUMBER.matcher(event.getFormattedMessage()).replaceAll("#");
        Long last = told.get(kind);
        if (last != null && event.getTimeStamp() - last < PAUSE) {
            return true;
        }
        told.put(kind, event.getTimeStamp());
        return false;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the library logs while it is open. */
public final class RecordedLog implements AutoCloseable {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger("io.github.camellustre.changelog");

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    };

    public RecordedLog() {
        appender.start();
        ROOT.addAppender(appender);
    }

    public List<String> lines(Level level) {
        return events.stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        ROOT.detachAppender(appender);
    }
}

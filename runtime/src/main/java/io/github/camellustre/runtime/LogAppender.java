// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;

/** Writes log lines above the status instead of through it. Named in {@code logback.xml}. */
public final class LogAppender extends ConsoleAppender<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
        Terminal.standard().hideStatus();
        super.append(event);
    }
}

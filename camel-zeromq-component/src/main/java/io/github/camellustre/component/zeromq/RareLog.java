// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** At most so many lines a minute: a peer that comes and goes all the time must not fill the log. */
final class RareLog {
    private static final int LINES = 20;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private long began = System.nanoTime();
    private long lines;

    RareLog(Logger log) {
        this.log = log;
    }

    void info(String format, Object... arguments) {
        write(Level.INFO, format, arguments);
    }

    void warn(String format, Object... arguments) {
        write(Level.WARN, format, arguments);
    }

    private synchronized void write(Level level, String format, Object... arguments) {
        long now = System.nanoTime();
        if (now - began > MINUTE) {
            if (lines > LINES) {
                log.info("{} more lines about this socket were left out", lines - LINES);
            }
            began = now;
            lines = 0;
        }
        if (++lines <= LINES) {
            log.atLevel(level).log(format, arguments);
        } else if (lines == LINES + 1) {
            log.info("More about this socket is left out for the rest of a minute");
        }
    }
}

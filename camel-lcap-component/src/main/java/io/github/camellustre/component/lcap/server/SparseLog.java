// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** A kind of line that peers can provoke: a few at once, then one in ten seconds, with the number of those left out. */
final class SparseLog {
    private static final int AT_ONCE = 10;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Logger log;
    private final Level level;
    private int written;
    private long since;
    private long omitted;

    SparseLog(Logger log, Level level) {
        this.log = log;
        this.level = level;
    }

    synchronized void say(String format, Object... arguments) {
        long now = System.nanoTime();
        if (written == 0 || now - since >= PERIOD_NANOS) {
            written = 0;
            since = now;
        }
        if (written == AT_ONCE) {
            omitted++;
            return;
        }
        log.atLevel(level)
                .log(omitted == 0 ? format : format + " (" + omitted + " lines like it were left out)", arguments);
        written++;
        omitted = 0;
    }
}

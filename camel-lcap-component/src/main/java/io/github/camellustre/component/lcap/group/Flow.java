// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import java.util.concurrent.TimeUnit;

/** How many records a group is offered in a second: an average over the last hundredth of one, or so. */
final class Flow {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double MEMORY = TimeUnit.MILLISECONDS.toNanos(10);

    private long since;
    private long count;
    private double rate;
    private boolean started;

    void offered(int records, long now) {
        if (!started) {
            started = true;
            since = now;
        }
        rate(now);
        count += records;
    }

    /** Records per second. */
    double rate(long now) {
        long elapsed = now - since;
        if (elapsed >= STEP) {
            rate += (count * SECOND / elapsed - rate) * elapsed / (elapsed + MEMORY);
            since = now;
            count = 0;
        }
        return rate;
    }
}

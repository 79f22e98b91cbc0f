// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import java.util.concurrent.TimeUnit;

/**
 * A batch in a reader's hands. While it is live its records are this reader's alone. When its time is over they are for
 * others, and it only remembers which ones they are, since a late acknowledgement counts.
 */
final class Lease {
    static final long LONGEST = TimeUnit.HOURS.toNanos(1);

    private final Ranges open;
    private final long lastIndex;
    private final int count;
    private final int expiries;
    private final long time;
    private final long since;
    private boolean live = true;

    /**
     * @param open what is not acknowledged
     * @param expiries how often the time of these records has run out before
     */
    Lease(Ranges open, long lastIndex, int count, int expiries, long time, long since) {
        this.open = open;
        this.lastIndex = lastIndex;
        this.count = count;
        this.expiries = expiries;
        this.time = time;
        this.since = since;
    }

    /** Doubled each time that it has run out, up to an hour, unless the reader itself asked for more. */
    static long time(long readers, int expiries) {
        long time = readers;
        for (int expiry = 0; expiry < expiries && time < LONGEST; expiry++) {
            time = Math.min(2 * time, LONGEST);
        }
        return time;
    }

    Ranges open() {
        return open;
    }

    long lastIndex() {
        return lastIndex;
    }

    /** Records when it was given. */
    int count() {
        return count;
    }

    int expiries() {
        return expiries;
    }

    long time() {
        return time;
    }

    long since() {
        return since;
    }

    boolean isLive() {
        return live;
    }

    void expire() {
        live = false;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.window;

import java.time.Duration;

/**
 * When windows end though their step would still wait.
 *
 * @param size records of one window; 0 for no such bound
 * @param maxDelay age of one window
 * @param maxRecords records of all windows
 * @param maxBytes bytes of the records of all windows
 */
record WindowBounds(int size, Duration maxDelay, int maxRecords, long maxBytes) {
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(5);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    boolean isFull(OpenWindow window) {
        return size > 0 && window.records() >= size;
    }

    boolean areReachedBy(OpenWindows windows) {
        return windows.records() >= maxRecords || windows.bytes() >= maxBytes;
    }

    /** Time between two looks at the age of the oldest. */
    Duration look() {
        Duration tenth = maxDelay.dividedBy(10);
        if (tenth.compareTo(SHORTEST_LOOK) < 0) {
            return SHORTEST_LOOK;
        }
        return tenth.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : tenth;
    }

    /** Seen at this age, a window would be too old at the next look. */
    boolean isTooOld(OpenWindow window) {
        return window.age().plus(look()).compareTo(maxDelay) >= 0;
    }
}

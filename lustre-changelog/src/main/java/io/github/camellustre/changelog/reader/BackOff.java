// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import java.time.Duration;

/** Waiting times that double from a first to a longest one. One thread. */
public final class BackOff {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    public BackOff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    public Duration next() {
        Duration wait = next;
        next = next.multipliedBy(2);
        if (next.compareTo(longest) > 0) {
            next = longest;
        }
        return wait;
    }

    public void reset() {
        next = first;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import java.time.Duration;

/**
 * How long a batch belongs to a reader that does not say so itself.
 *
 * @param ours which renew it while they work
 * @param old LCAP's own, which are silent while they work
 */
record Leases(Duration ours, Duration old) {
    static final Leases DEFAULT = new Leases(Duration.ofSeconds(30), Duration.ofMinutes(10));

    /** Nanoseconds. */
    long of(boolean isOurs) {
        return (isOurs ? ours : old).toNanos();
    }
}

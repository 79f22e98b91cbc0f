// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import java.time.Duration;

/**
 * How long a reader waits for what.
 *
 * @param answer for the answer to a request; to a DEQUEUE a second longer, as long as a server may hold it back
 * @param clear longest time until the server hears of what was acknowledged of a batch in hand
 * @param silence a batch's lease is kept for so long without a call of the application
 * @param grace so long, from its first refusal on, a server may not have the group yet: it may have just come up
 * @param report between two lines of the log about a server that is waited for
 */
record Timing(Duration answer, Duration clear, Duration silence, Duration grace, Duration report) {
    static final Timing DEFAULT = new Timing(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/**
 * Records since the group began, and what there is now. Of a group with {@code ack=all}, {@code offered = acknowledged +
 * filtered + released + failed + held}. A broadcast acknowledges what it is offered; {@code sent}, {@code filtered} and
 * {@code dropped} then count each reader's own.
 *
 * @param sent records in batches that readers were given, {@code redelivered} ones again
 * @param filtered not wanted by the readers' filter
 * @param released because nobody was there
 * @param failed when the group was closed
 * @param dropped from the queues of readers that were too slow
 * @param held not dealt with: with readers or waiting
 * @param readers sessions that are there
 */
public record GroupCounters(
        long offered,
        long sent,
        long redelivered,
        long filtered,
        long acknowledged,
        long released,
        long failed,
        long dropped,
        long held,
        int readers) {}

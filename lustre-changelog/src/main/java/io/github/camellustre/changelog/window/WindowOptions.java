// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

/**
 * What a window does with its records.
 *
 * @param mergedByTime whether the records of several MDTs are put in the order of their times (those of one MDT always keep
 *     their order) before anything else is done; the work is then done when the window is closed
 * @param servers only for {@link Grouping#SERVER}
 */
public record WindowOptions(
        Coalescing coalescing, Grouping grouping, GroupOrder order, boolean mergedByTime, MetadataServers servers) {
    /** Ungrouped, in the order of arrival. */
    public WindowOptions(Coalescing coalescing) {
        this(coalescing, Grouping.ARRIVAL, GroupOrder.OLDEST, false, MetadataServers.UNKNOWN);
    }
}

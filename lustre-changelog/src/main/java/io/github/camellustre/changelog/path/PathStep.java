// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.ChangelogRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One step of a route that finds paths. For several threads at once. Records of one MDT are handed back in the order in which
 * they came to it, those of several are independent of each other, and so are the steps. An answer that does not come in time
 * holds nobody longer than that.
 */
public final class PathStep {
    private final Supplier<Lane> lane;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    PathStep(Supplier<Lane> lane) {
        this.lane = lane;
    }

    /**
     * Learns from the records and finds where their objects are. Records of several MDTs in one list go with those of the
     * first one's. Whom they are handed back to may bring them again, as a loop does: then they go on by themselves.
     */
    public void resolve(List<ChangelogRecord> records, PathHandler handler) {
        if (records.isEmpty()) {
            lane.get().submit(records, handler);
            return;
        }
        Lane own = lanes.computeIfAbsent(records.get(0).mdt(), mdt -> lane.get());
        (own.isRunning() ? lane.get() : own).submit(records, handler);
    }
}

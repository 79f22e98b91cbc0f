// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import io.github.camellustre.changelog.PathReason;
import io.github.camellustre.changelog.RecordPaths;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of records and look-ups since the start. */
public final class PathCounters {
    private final LongAdder records = new LongAdder();
    private final LongAdder lookUps = new LongAdder();
    private final LongAdder waited = new LongAdder();
    private final Map<PathReason, LongAdder> reasons = new EnumMap<>(PathReason.class);

    PathCounters() {
        for (PathReason reason : PathReason.values()) {
            reasons.put(reason, new LongAdder());
        }
    }

    void answered(RecordPaths paths, boolean asked) {
        records.increment();
        if (asked) {
            waited.increment();
        }
        paths.reason().ifPresent(reason -> reasons.get(reason).increment());
    }

    void lookedUp() {
        lookUps.increment();
    }

    /** Records that were given what was known of them. */
    public long records() {
        return records.sum();
    }

    /** Records for which what was remembered was enough. */
    public long hits() {
        return records.sum() - waited.sum();
    }

    /** Records for which the file system had to be asked. */
    public long misses() {
        return waited.sum();
    }

    /** Questions to the file system, one for each object. */
    public long lookUps() {
        return lookUps.sum();
    }

    /** Records that got no path, or not a whole one, for that reason. */
    public long of(PathReason reason) {
        return reasons.get(reason).sum();
    }
}

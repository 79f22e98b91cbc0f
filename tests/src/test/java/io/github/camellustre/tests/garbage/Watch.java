// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.garbage;

import io.github.camellustre.tests.witness.Violation;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sees that the records of each honest reader go on, without a hole that stays. */
final class Watch {
    private final List<HonestReader> readers;
    private final Duration bound;
    private final Map<HonestReader, Progress> last = new HashMap<>();
    private long longest;

    /** @param bound longest time without progress */
    Watch(List<HonestReader> readers, Duration bound) {
        this.readers = readers;
        this.bound = bound;
    }

    void look() throws IOException, Violation {
        long now = System.nanoTime();
        for (HonestReader reader : readers) {
            reader.mustRun();
            long prefix = reader.received().prefix();
            Progress before = last.getOrDefault(reader, new Progress(-1, now));
            if (prefix > before.prefix) {
                last.put(reader, new Progress(prefix, now));
            }
            longest = Math.max(longest, now - before.time);
            if (now - before.time > bound.toNanos()) {
                throw new Violation(reader.name() + " has had nothing after index " + prefix + " for " + bound);
            }
        }
    }

    @Override
    public String toString() {
        return "longest time without a new record: " + Duration.ofNanos(longest).toMillis() + " ms";
    }

    private record Progress(long prefix, long time) {}
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.figures;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.window.ChangelogWindow;
import io.github.camellustre.changelog.window.Coalescing;
import io.github.camellustre.changelog.window.WindowCounts;
import io.github.camellustre.changelog.window.WindowOptions;
import io.github.camellustre.changelog.window.WindowResult;
import java.util.Map;
import java.util.TreeMap;

/** What one strategy made of a stream. */
final class StrategyFigures {
    final Coalescing coalescing;
    final ReaderWork work = new ReaderWork();
    private final Map<Integer, long[]> byType = new TreeMap<>();

    StrategyFigures(Coalescing coalescing) {
        this.coalescing = coalescing;
    }

    void window(ChangelogBatch batch) {
        ChangelogWindow window = new ChangelogWindow(new WindowOptions(coalescing));
        window.add(batch);
        WindowResult result = window.close();
        WindowCounts counts = result.counts();
        for (RecordType type : WindowCounts.types()) {
            long[] sums = byType.computeIfAbsent(type.number(), number -> new long[2]);
            sums[0] += counts.received(type);
            sums[1] += counts.kept(type);
        }
        work.window(batch, result.records());
    }

    long in() {
        return byType.values().stream().mapToLong(sums -> sums[0]).sum();
    }

    long out() {
        return byType.values().stream().mapToLong(sums -> sums[1]).sum();
    }

    long in(RecordType type) {
        return byType.get(type.number())[0];
    }

    long out(RecordType type) {
        return byType.get(type.number())[1];
    }
}

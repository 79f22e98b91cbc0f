// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.window.ChangelogWindow;
import io.github.camellustre.changelog.window.Coalescing;
import io.github.camellustre.changelog.window.GroupOrder;
import io.github.camellustre.changelog.window.Grouping;
import io.github.camellustre.changelog.window.MetadataServers;
import io.github.camellustre.changelog.window.WindowOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Puts the records of a file system through windows of one strategy, one over all MDTs, merged by time, or one for each,
 * and holds it to its promises.
 */
final class CoalescedStream {
    private final Scenario scenario;
    private final Coalescing coalescing;
    private final boolean perMdt;
    private final ModelTree truth;
    private final List<Promise> promises;
    private final Map<String, List<ChangelogRecord>> open = new LinkedHashMap<>();
    private final Map<Fid, String> mdts = new HashMap<>();
    private int windows;

    CoalescedStream(Scenario scenario, Coalescing coalescing, boolean perMdt, ModelTree truth) {
        this.scenario = scenario;
        this.coalescing = coalescing;
        this.perMdt = perMdt;
        this.truth = truth;
        this.promises = promises(coalescing, perMdt);
    }

    private static List<Promise> promises(Coalescing coalescing, boolean perMdt) {
        return switch (coalescing) {
            case NONE -> List.of(new AccountingPromise(), new NonePromise());
            case RESTAT -> List.of(new AccountingPromise(), new RestatPromise(), new SuppressionTablePromise());
            case NET_EFFECT ->
                List.of(
                        new AccountingPromise(),
                        new StreamPromise(!perMdt),
                        new NetEffectTablePromise(),
                        new BarrierPromise());
            case LAST_PER_FID -> List.of(new AccountingPromise(), new LastPerFidPromise());
        };
    }

    void add(ChangelogRecord record) {
        for (Fid fid : record.subjects()) {
            mdts.merge(fid, record.mdt(), (one, other) -> one.equals(other) ? one : "several");
        }
        String key = perMdt ? record.mdt() : "all";
        List<ChangelogRecord> received = open.computeIfAbsent(key, k -> new ArrayList<>());
        received.add(record);
        if (received.size() >= scenario.window(windows)) {
            close(open.remove(key));
        }
    }

    void end() {
        open.values().forEach(this::close);
    }

    private void close(List<ChangelogRecord> received) {
        windows++;
        ChangelogWindow window = new ChangelogWindow(
                new WindowOptions(coalescing, Grouping.ARRIVAL, GroupOrder.OLDEST, true, MetadataServers.UNKNOWN));
        received.stream().sorted(Comparator.comparing(ChangelogRecord::mdt)).forEach(window::add);
        Predicate<Fid> judged = perMdt ? fid -> !"several".equals(mdts.get(fid)) : fid -> true;
        ClosedWindow closed = new ClosedWindow(received, window.close(), truth, judged);
        promises.forEach(promise -> promise.check(closed));
    }
}

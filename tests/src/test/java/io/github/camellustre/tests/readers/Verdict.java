// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import io.github.camellustre.tests.witness.IndexSet;
import io.github.camellustre.tests.witness.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the readers of one group have worked through, all together, held against the promises. */
final class Verdict {
    private final boolean ordered;
    private final Map<String, IndexSet> seen = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    /** For the order, which is judged when all are there. */
    private final List<Delivery> all = new ArrayList<>();

    private long delivered;
    private long duplicates;
    private long overtaken;
    private long pairs;

    /** @param ordered whether the order of each FID is promised */
    Verdict(boolean ordered) {
        this.ordered = ordered;
    }

    void add(List<Delivery> deliveries) {
        for (Delivery delivery : inTime(deliveries)) {
            delivered++;
            if (delivery.done() > 0 && delivery.index() < newest.merge(delivery.mdt(), delivery.index(), Math::max)) {
                overtaken++;
            }
            if (!seen(delivery.mdt()).add(delivery.index())) {
                duplicates++;
            }
        }
        if (ordered) {
            all.addAll(deliveries);
        }
    }

    private static List<Delivery> inTime(List<Delivery> deliveries) {
        return deliveries.stream()
                .sorted(Comparator.comparingLong(Delivery::done).thenComparingLong(Delivery::index))
                .toList();
    }

    private IndexSet seen(String mdt) {
        return seen.computeIfAbsent(mdt, name -> new IndexSet());
    }

    /** @param cleared what the MDT was asked to clear, before the deliveries were looked at */
    void judge(String mdt, long cleared) throws Violation {
        long prefix = seen(mdt).prefix();
        if (prefix < cleared) {
            throw new Violation(mdt + ": lost: the readers have all up to " + prefix
                    + " only, but it was asked to clear up to " + cleared);
        }
    }

    void judgeOrder() throws Violation {
        pairs = SubjectOrder.judge(all);
    }

    long delivered() {
        return delivered;
    }

    long duplicates() {
        return duplicates;
    }

    /** Records that were worked through after one with a higher index of the same MDT. */
    long overtaken() {
        return overtaken;
    }

    /** Records of one FID in different batches that were compared. */
    long pairs() {
        return pairs;
    }
}

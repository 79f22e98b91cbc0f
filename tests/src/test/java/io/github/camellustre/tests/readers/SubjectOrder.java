// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import io.github.camellustre.tests.witness.Violation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the records of each FID were worked through one after the other: whoever received one had it together with
 * the one before, or that one had been worked through by then.
 */
final class SubjectOrder {
    private record Subject(String mdt, String fid) {}

    /** By index, as first worked through. */
    private final Map<Subject, TreeMap<Long, Delivery>> firsts = new HashMap<>();

    private long pairs;

    /**
     * @param deliveries all of them, in any order
     * @return pairs of neighbours that were not in one batch
     */
    static long judge(List<Delivery> deliveries) throws Violation {
        SubjectOrder order = new SubjectOrder();
        for (Delivery delivery : deliveries.stream()
                .sorted(Comparator.comparingLong(Delivery::done))
                .toList()) {
            for (String fid : delivery.subjects()) {
                order.add(delivery, fid);
            }
        }
        return order.pairs;
    }

    /** One that comes twice was in order the first time, which is all that can be asked. */
    private void add(Delivery delivery, String fid) throws Violation {
        TreeMap<Long, Delivery> ofSubject =
                firsts.computeIfAbsent(new Subject(delivery.mdt(), fid), subject -> new TreeMap<>());
        if (ofSubject.putIfAbsent(delivery.index(), delivery) == null) {
            Map.Entry<Long, Delivery> before = ofSubject.lowerEntry(delivery.index());
            if (before != null) {
                compare(before.getValue(), delivery, fid);
            }
            Map.Entry<Long, Delivery> after = ofSubject.higherEntry(delivery.index());
            if (after != null) {
                compare(delivery, after.getValue(), fid);
            }
        }
    }

    private void compare(Delivery earlier, Delivery later, String fid) throws Violation {
        if (earlier.received() == later.received()) {
            return;
        }
        if (later.received() < earlier.done()) {
            throw new Violation(later.mdt() + ": record " + later.index() + " of " + fid + " was given away while "
                    + earlier.index() + " of the same was still worked on");
        }
        pairs++;
    }
}

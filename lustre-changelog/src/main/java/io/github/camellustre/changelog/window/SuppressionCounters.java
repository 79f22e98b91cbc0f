// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordType;
import java.util.EnumMap;
import java.util.Map;

/** Counts records by type, and the suppressed ones by reason, too. All types that are not known here count as one. */
final class SuppressionCounters {
    private static final int TYPES = RecordType.known().size() + 1;

    private final long[] received = new long[TYPES];
    private final Map<Suppression, long[]> suppressed = new EnumMap<>(Suppression.class);

    SuppressionCounters() {
        for (Suppression reason : Suppression.values()) {
            suppressed.put(reason, new long[TYPES]);
        }
    }

    void received(int typeNumber) {
        received[column(typeNumber)]++;
    }

    void suppressed(int typeNumber, Suppression reason) {
        suppressed.get(reason)[column(typeNumber)]++;
    }

    long count(int typeNumber) {
        return received[column(typeNumber)];
    }

    long count(int typeNumber, Suppression reason) {
        return suppressed.get(reason)[column(typeNumber)];
    }

    private static int column(int typeNumber) {
        return Integer.compareUnsigned(typeNumber, TYPES - 1) < 0 ? typeNumber : TYPES - 1;
    }
}

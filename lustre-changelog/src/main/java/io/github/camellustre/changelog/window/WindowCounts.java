// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.List;

/** What a window made of its records, by type. All types that are not known here count as one, {@link #UNKNOWN_TYPES}. */
public final class WindowCounts {
    /** Stands for every type that is not in {@link RecordType#known}. */
    public static final RecordType UNKNOWN_TYPES =
            RecordType.of(RecordType.known().size());

    private final SuppressionCounters counters;

    WindowCounts(SuppressionCounters counters) {
        this.counters = counters;
    }

    /** Those by which the other methods can be asked: the known ones and {@link #UNKNOWN_TYPES}. */
    public static List<RecordType> types() {
        List<RecordType> types = new ArrayList<>(RecordType.known());
        types.add(UNKNOWN_TYPES);
        return types;
    }

    public long received() {
        return types().stream().mapToLong(this::received).sum();
    }

    public long received(RecordType type) {
        return counters.count(type.number());
    }

    /** How many are in the result. */
    public long kept() {
        return types().stream().mapToLong(this::kept).sum();
    }

    public long kept(RecordType type) {
        long kept = received(type);
        for (Suppression reason : Suppression.values()) {
            kept -= suppressed(reason, type);
        }
        return kept;
    }

    public long suppressed(Suppression reason) {
        return types().stream().mapToLong(type -> suppressed(reason, type)).sum();
    }

    public long suppressed(Suppression reason, RecordType type) {
        return counters.count(type.number(), reason);
    }
}

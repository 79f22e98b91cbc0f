// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Record indexes of one MDT or of several, as ranges. Immutable. */
public final class RecordIndexes {
    private final SortedMap<String, long[]> ranges;

    private RecordIndexes(SortedMap<String, long[]> ranges) {
        this.ranges = ranges;
    }

    /** The MDTs by name. */
    public List<String> mdts() {
        return List.copyOf(ranges.keySet());
    }

    /** Inclusive ranges {@code from, to, from, to...}, ascending; empty for an MDT that has none. */
    public long[] ranges(String mdt) {
        return ranges.getOrDefault(mdt, new long[0]).clone();
    }

    public boolean contains(String mdt, long index) {
        long[] bounds = ranges.getOrDefault(mdt, new long[0]);
        int found = Arrays.binarySearch(bounds, index);
        return found >= 0 || (-found - 1) % 2 == 1;
    }

    /** How many indexes there are. */
    public long count() {
        long count = 0;
        for (long[] bounds : ranges.values()) {
            for (int at = 0; at < bounds.length; at += 2) {
                count += bounds[at + 1] - bounds[at] + 1;
            }
        }
        return count;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** {@code fs-MDT0000:3-5,9 fs-MDT0001:7}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, long[]> entry : ranges.entrySet()) {
            text.append(text.length() == 0 ? "" : " ").append(entry.getKey()).append(':');
            long[] bounds = entry.getValue();
            for (int at = 0; at < bounds.length; at += 2) {
                text.append(at == 0 ? "" : ",").append(Long.toUnsignedString(bounds[at]));
                if (bounds[at + 1] != bounds[at]) {
                    text.append('-').append(Long.toUnsignedString(bounds[at + 1]));
                }
            }
        }
        return text.toString();
    }

    /** Gathers indexes in any order; one that comes twice counts once. */
    static final class Builder {
        private final SortedMap<String, long[]> indexes = new TreeMap<>();
        private final Map<String, Integer> counts = new TreeMap<>();

        void add(String mdt, long index) {
            int count = counts.merge(mdt, 1, Integer::sum);
            long[] of = indexes.computeIfAbsent(mdt, key -> new long[4]);
            if (count > of.length) {
                of = Arrays.copyOf(of, of.length * 2);
                indexes.put(mdt, of);
            }
            of[count - 1] = index;
        }

        RecordIndexes build() {
            indexes.replaceAll((mdt, of) -> ranges(of, counts.get(mdt)));
            return new RecordIndexes(indexes);
        }

        private static long[] ranges(long[] indexes, int count) {
            Arrays.sort(indexes, 0, count);
            long[] bounds = new long[2 * count];
            int end = 0;
            for (int i = 0; i < count; i++) {
                if (end > 0 && indexes[i] - bounds[end - 1] <= 1) {
                    bounds[end - 1] = indexes[i];
                } else {
                    bounds[end++] = indexes[i];
                    bounds[end++] = indexes[i];
                }
            }
            return Arrays.copyOf(bounds, end);
        }
    }
}

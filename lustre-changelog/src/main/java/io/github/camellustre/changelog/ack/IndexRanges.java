// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.Arrays;

/** Indexes gathered into inclusive ranges {@code from, to, from, to...}; neighbours join if they come one after the other. */
final class IndexRanges {
    private long[] bounds = new long[16];
    private int count;

    void add(long index) {
        if (count > 0 && bounds[count - 1] + 1 == index) {
            bounds[count - 1] = index;
            return;
        }
        if (count == bounds.length) {
            bounds = Arrays.copyOf(bounds, count * 2);
        }
        bounds[count++] = index;
        bounds[count++] = index;
    }

    long[] toArray() {
        return Arrays.copyOf(bounds, count);
    }
}

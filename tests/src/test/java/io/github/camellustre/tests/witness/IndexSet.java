// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.witness;

import java.util.BitSet;

/** Indexes of one MDT that were seen: all from 1 up to a prefix, and a set of those above it, however many records. */
public final class IndexSet {
    /** Bit n is the index n + 1 above the prefix. */
    private BitSet above = new BitSet();

    private long prefix;

    /** @return false if it was there */
    public boolean add(long index) {
        if (index == prefix + 1 && above.isEmpty()) {
            prefix++;
            return true;
        }
        if (index <= prefix || above.get(bit(index))) {
            return false;
        }
        above.set(bit(index));
        if (index == prefix + 1) {
            int run = above.nextClearBit(0);
            prefix += run;
            above = above.get(run, Math.max(run, above.length()));
        }
        return true;
    }

    private int bit(long index) {
        return Math.toIntExact(index - prefix - 1);
    }

    /** All from 1 to this are there. */
    public long prefix() {
        return prefix;
    }

    /** The greatest that is there; 0 if there is none. */
    public long newest() {
        return prefix + above.length();
    }

    public boolean hasHoles() {
        return !above.isEmpty();
    }
}

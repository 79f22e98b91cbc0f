// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import java.util.Arrays;

/**
 * Which records of one MDT have been learnt from: what comes again after a failure would take the names back to what they
 * were. Remembers the last 65,536 indexes; what lies further back counts as learnt. For several threads at once.
 */
final class LearntIndexes {
    private static final int REMEMBERED = 1 << 16;

    private final long[] bits = new long[REMEMBERED / Long.SIZE];
    private long newest = -1;

    /** Whether that is the first time. */
    synchronized boolean add(long index) {
        if (index > newest) {
            forget(index);
            newest = index;
        } else if (index <= newest - REMEMBERED) {
            return false;
        }
        long bit = 1L << index;
        int word = (int) (index / Long.SIZE) & bits.length - 1;
        boolean first = (bits[word] & bit) == 0;
        bits[word] |= bit;
        return first;
    }

    /** Makes room up to there. */
    private void forget(long index) {
        if (newest < 0 || index - newest >= REMEMBERED) {
            Arrays.fill(bits, 0);
            return;
        }
        for (long old = newest + 1; old <= index; old++) {
            bits[(int) (old / Long.SIZE) & bits.length - 1] &= ~(1L << old);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which of the records that were read one consumer has acknowledged, and up to where without interruption.
 *
 * <p>A record is known by its slot, its place in the order of reading. Slots live in a ring that grows with what is in
 * flight, so acknowledging costs a bit and no allocation. Not thread-safe: guarded by the ledger's lock.
 */
final class AckTracker {
    private long[] indexes = new long[1_024];
    private long[] acked = new long[1_024 / 64];
    private long first;
    private long end;
    private long position;
    /** Records that came out of order and are not acknowledged yet, by slot: the position must stay at the value. */
    private final Map<Long, Long> outOfOrder = new HashMap<>();

    /**
     * @param firstSlot slot of the first record that will be added
     * @param position index up to which everything is acknowledged already
     */
    AckTracker(long firstSlot, long position) {
        this.first = firstSlot;
        this.end = firstSlot;
        this.position = position;
    }

    /** Adds the next record read. */
    void add(long index, boolean alreadyAcknowledged) {
        if (end - first == indexes.length) {
            grow();
        }
        int at = ring(end);
        indexes[at] = index;
        end++;
        if (alreadyAcknowledged) {
            acknowledge(end - 1);
        }
    }

    /** Adds a record that fills a hole: until it is acknowledged the position stays at {@code holdAt}. */
    void addOutOfOrder(long index, long holdAt) {
        add(index, false);
        outOfOrder.put(end - 1, holdAt);
    }

    /**
     * Acknowledges one record. Doing it twice, or for a slot that the prefix has passed, changes nothing.
     *
     * @return true if it was not acknowledged before
     */
    boolean acknowledge(long slot) {
        if (slot < first || slot >= end) {
            return false;
        }
        int at = ring(slot);
        long bit = 1L << at;
        if ((acked[at >> 6] & bit) != 0) {
            return false;
        }
        acked[at >> 6] |= bit;
        if (!outOfOrder.isEmpty()) {
            outOfOrder.remove(slot);
        }
        if (slot == first) {
            advance();
        }
        return true;
    }

    private void advance() {
        int mask = indexes.length - 1;
        long slot = first;
        long reached = position;
        while (slot < end) {
            int at = (int) slot & mask;
            long bit = 1L << at;
            if ((acked[at >> 6] & bit) == 0) {
                break;
            }
            acked[at >> 6] &= ~bit;
            reached = Math.max(reached, indexes[at]);
            slot++;
        }
        first = slot;
        position = reached;
    }

    boolean isAcknowledged(long slot) {
        return slot < first || (slot < end && (acked[ring(slot) >> 6] & (1L << ring(slot))) != 0);
    }

    /** Slot of the oldest record that is not acknowledged; {@link #end} if there is none. */
    long first() {
        return first;
    }

    /** Slot that the next record read will have. */
    long end() {
        return end;
    }

    /** Index of a slot in {@code [first, end)}. */
    long index(long slot) {
        return indexes[ring(slot)];
    }

    /** Greatest index up to which every record read is acknowledged; only grows. Holes of the MDT are not looked at here. */
    long position() {
        long result = position;
        if (!outOfOrder.isEmpty()) {
            for (long holdAt : outOfOrder.values()) {
                result = Math.min(result, holdAt);
            }
        }
        return result;
    }

    /** Acknowledged indexes above the position as inclusive ranges {@code from, to, from, to...}, in order of reading. */
    long[] ranges() {
        long[] ranges = new long[16];
        int count = 0;
        for (long slot = first; slot < end; slot++) {
            if (!isAcknowledged(slot)) {
                continue;
            }
            long index = index(slot);
            if (count > 0 && ranges[count - 1] + 1 == index) {
                ranges[count - 1] = index;
                continue;
            }
            if (count == ranges.length) {
                ranges = Arrays.copyOf(ranges, count * 2);
            }
            ranges[count++] = index;
            ranges[count++] = index;
        }
        return Arrays.copyOf(ranges, count);
    }

    private int ring(long slot) {
        return (int) slot & (indexes.length - 1);
    }

    private void grow() {
        long[] oldIndexes = indexes;
        long[] oldAcked = acked;
        int oldMask = oldIndexes.length - 1;
        indexes = new long[oldIndexes.length * 2];
        acked = new long[oldAcked.length * 2];
        for (long slot = first; slot < end; slot++) {
            int from = (int) slot & oldMask;
            int to = ring(slot);
            indexes[to] = oldIndexes[from];
            if ((oldAcked[from >> 6] & 1L << from) != 0) {
                acked[to >> 6] |= 1L << to;
            }
        }
    }
}

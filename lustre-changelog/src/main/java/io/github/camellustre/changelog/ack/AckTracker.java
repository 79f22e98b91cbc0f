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
    /** No position above this: a hole behind it is open. */
    private long limit = Long.MAX_VALUE;
    /** Acknowledged indexes that the prefix of slots has passed while something held the position below them. */
    private long[] passed = new long[16];

    private int passedCount;

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

    /** A hole has opened, moved or closed: the position stays at or below {@code index}. */
    void limit(long index) {
        limit = index;
        forgetPassed();
    }

    private void forgetPassed() {
        if (passedCount > 0 && held() == Long.MAX_VALUE) {
            passedCount = 0;
        }
    }

    private long held() {
        long held = limit;
        if (!outOfOrder.isEmpty()) {
            for (long holdAt : outOfOrder.values()) {
                held = Math.min(held, holdAt);
            }
        }
        return held;
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
        forgetPassed();
        return true;
    }

    private void advance() {
        int mask = indexes.length - 1;
        long slot = first;
        long reached = position;
        long held = held();
        while (slot < end) {
            int at = (int) slot & mask;
            long bit = 1L << at;
            if ((acked[at >> 6] & bit) == 0) {
                break;
            }
            acked[at >> 6] &= ~bit;
            reached = Math.max(reached, indexes[at]);
            if (indexes[at] > held) {
                pass(indexes[at]);
            }
            slot++;
        }
        first = slot;
        position = reached;
    }

    /** Takes back what is acknowledged above the prefix. */
    void forgetAcknowledged() {
        Arrays.fill(acked, 0);
    }

    private void pass(long index) {
        if (passedCount == passed.length) {
            passed = Arrays.copyOf(passed, passedCount * 2);
        }
        passed[passedCount++] = index;
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

    /** Slot of the record with that index among those in {@code [first, end)}, -1 if it is none of them. */
    long slotOf(long index) {
        for (long slot = first; slot < end; slot++) {
            if (index(slot) == index) {
                return slot;
            }
        }
        return -1;
    }

    /** Greatest index up to which every record read is acknowledged and no hole is open. */
    long position() {
        return Math.min(position, held());
    }

    /** Acknowledged indexes above the position as inclusive ranges {@code from, to, from, to...}, in no special order. */
    long[] ranges() {
        IndexRanges ranges = new IndexRanges();
        long position = position();
        for (int i = 0; i < passedCount; i++) {
            if (passed[i] > position) {
                ranges.add(passed[i]);
            }
        }
        for (long slot = first; slot < end; slot++) {
            if (isAcknowledged(slot)) {
                ranges.add(index(slot));
            }
        }
        return ranges.toArray();
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

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.RecordBlock;

/**
 * All that one consumer has acknowledged on one MDT: in this reading, which an {@link AckTracker} knows by slot, in former
 * ones and before the last restart. Not thread-safe: guarded by the ledger's lock.
 */
final class Acknowledgements {
    private final ConsumerCounters counters;
    private final RestoredAcks restored = new RestoredAcks();
    private final FormerSlots former = new FormerSlots();

    private AckTracker tracker;
    private long startPosition;
    private boolean skipToEnd;
    private boolean positioned;
    private long knownEnd;
    private long checkpointedFirst;
    private long storedPosition;
    private long reportedPosition;

    /**
     * @param ranges acknowledged above {@code position}
     * @param skipToEnd true if everything up to the first end of the stream counts as acknowledged
     * @param positioned true if {@code position} is one to go back to even if nothing is ever read
     */
    Acknowledgements(ConsumerCounters counters, long position, long[] ranges, boolean skipToEnd, boolean positioned) {
        this.counters = counters;
        this.startPosition = position;
        this.reportedPosition = position;
        this.storedPosition = position;
        restored.addAll(ranges);
        this.skipToEnd = skipToEnd;
        this.positioned = positioned;
        this.tracker = new AckTracker(0, position);
    }

    // ---- reading

    /** Starts over at {@code firstSlot}: what is acknowledged by index stays so, everything else will be read again. */
    void restart(long firstSlot) {
        long position = position();
        restored.addAll(tracker.ranges());
        restored.forgetUpTo(position);
        former.add(tracker);
        startPosition = position;
        // what a crash would repeat counts on against maxInFlight
        long notOnDisk = uncheckpointed();
        tracker = new AckTracker(firstSlot, position);
        knownEnd = firstSlot;
        checkpointedFirst = firstSlot - notOnDisk;
        positioned = true;
    }

    /** @param holdAt null, or for records that fill a hole the index at which the position must stay; 0 for all others */
    void add(RecordBlock block, long[] holdAt, Redelivery redelivery) {
        int count = block.count();
        restored.forgetUpTo(position());
        boolean plain = !skipToEnd && holdAt == null && restored.isEmpty();
        for (int i = 0; i < count; i++) {
            long index = block.index(i);
            if (plain && index > startPosition) {
                tracker.add(index, false);
            } else if (isKnown(index, redelivery)) {
                tracker.add(index, true);
                knownEnd = tracker.end();
            } else if (holdAt != null && holdAt[i] != 0) {
                tracker.addOutOfOrder(index, holdAt[i]);
            } else {
                tracker.add(index, false);
            }
        }
    }

    private boolean isKnown(long index, Redelivery redelivery) {
        return index <= startPosition || skipToEnd || redelivery == Redelivery.MISSING && restored.contains(index);
    }

    /** A hole in the indexes has opened, moved or closed: the position stays at or below {@code index}. */
    void holeLimit(long index) {
        tracker.limit(index);
    }

    /** A consumer that starts at the newest record has found it. */
    void endOfStream() {
        skipToEnd = false;
    }

    // ---- by slot

    /** Slot of the oldest record that is not acknowledged. */
    long first() {
        return tracker.first();
    }

    /** Slot behind the newest record read. */
    long end() {
        return tracker.end();
    }

    long index(long slot) {
        return tracker.index(slot);
    }

    boolean isAcknowledged(long slot) {
        return tracker.isAcknowledged(slot);
    }

    boolean isAllAcknowledged(long firstSlot, long endSlot) {
        for (long slot = firstSlot; slot < endSlot; slot++) {
            if (!tracker.isAcknowledged(slot)) {
                return false;
            }
        }
        return true;
    }

    /** So many below {@code endSlot} are not acknowledged. */
    int unacknowledged(long endSlot) {
        int count = 0;
        for (long slot = tracker.first(); slot < endSlot; slot++) {
            if (!tracker.isAcknowledged(slot)) {
                count++;
            }
        }
        return count;
    }

    /** Slot from which on nothing counted as acknowledged when it was read. */
    long knownEnd() {
        return knownEnd;
    }

    /** Below the position at which this reading started for the consumer. */
    boolean isBeforeStart(long slot) {
        return tracker.index(slot) <= startPosition;
    }

    /** The consumer does not want that record. */
    void skip(long slot) {
        if (tracker.acknowledge(slot)) {
            counters.filtered++;
        }
    }

    void acknowledge(long firstSlot, long endSlot) {
        for (long slot = firstSlot; slot < endSlot; slot++) {
            if (tracker.acknowledge(slot)) {
                counters.acknowledged++;
            }
        }
        if (!former.isEmpty()) {
            former.acknowledge(firstSlot, endSlot, this::acknowledgeLate);
        }
    }

    /** The success of a token from an earlier reading. */
    private void acknowledgeLate(long index) {
        long slot = tracker.slotOf(index);
        if (slot >= 0) {
            if (tracker.acknowledge(slot)) {
                counters.acknowledged++;
            }
        } else if (index > position()) {
            restored.add(index);
        }
    }

    /** Everything up to {@code index} among the slots below {@code endSlot}. */
    void acknowledgeUpTo(long index, long endSlot) {
        for (long slot = tracker.first(); slot < endSlot; slot++) {
            if (tracker.index(slot) <= index && tracker.acknowledge(slot)) {
                counters.acknowledged++;
            }
        }
    }

    /** What is above the prefix repeats: only when it is acknowledged again may the position pass it. */
    void takeBack() {
        restored.addAll(tracker.ranges());
        tracker.forgetAcknowledged();
    }

    /** Tokens of so many records are not waited for any more. */
    void revoked(long records) {
        former.revoked(records);
    }

    /** Revoked tokens of so many records are back. */
    void returned(long records) {
        former.returned(records);
    }

    // ---- by index

    /** Acknowledged up to here, open holes looked at; only grows. */
    long position() {
        reportedPosition = Math.max(reportedPosition, tracker.position());
        return reportedPosition;
    }

    /** Whether the position is one to go back to after a restart. */
    boolean hasPosition() {
        return positioned && !skipToEnd;
    }

    /** Acknowledged above the position, as inclusive ranges. */
    long[] ranges() {
        long[] own = tracker.ranges();
        return restored.isEmpty() ? own : restored.union(own, position());
    }

    /** Whether the record of that index is acknowledged, as far as it is known here. */
    boolean isAcknowledgedIndex(long index) {
        if (index <= position() || restored.contains(index)) {
            return true;
        }
        long[] ranges = tracker.ranges();
        for (int i = 0; i < ranges.length; i += 2) {
            if (ranges[i] <= index && index <= ranges[i + 1]) {
                return true;
            }
        }
        return false;
    }

    // ---- on disk

    /** A prefix up to {@code firstSlot}, with that position, is on disk. */
    void checkpointed(long firstSlot, long position) {
        checkpointedFirst = Math.max(checkpointedFirst, firstSlot);
        storedPosition = Math.max(storedPosition, position);
    }

    /** The position that a restart finds. */
    long storedPosition() {
        return storedPosition;
    }

    /** Slot up to which a crash repeats nothing. */
    long checkpointedFirst() {
        return checkpointedFirst;
    }

    long uncheckpointed() {
        return tracker.first() - checkpointedFirst;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The indexes of one MDT's changelog in the order in which they are read: tells a record that is next from one that
 * fills a hole, one that comes too late and one that was read before, and reports holes that stay open as gaps.
 *
 * <p>An MDT may deliver slightly out of order (a hole is then filled a moment later) and may have lost records for good
 * (purged, or a user registered late). So a hole holds the acknowledged prefix back for a while, and only then becomes a
 * {@link Gap}. Not thread-safe: guarded by the ledger's lock.
 */
final class IndexSequence {
    /** What a record's index is to the ones read before. */
    enum Arrival {
        /** Above everything read: the usual case. */
        NEXT,
        /** Fills a hole that is still open: out of order, but in time. */
        FILLS_HOLE,
        /** Lies in a gap that was already closed: deliver it, the prefix has passed it. */
        LATE,
        /** Read before: drop it. */
        REPEATED
    }

    /** Indexes {@code [from, to)} that never came. */
    record Gap(long from, long to) {}

    private record Hole(long to, long before, long openedAtRead, long openedAtNanos) {}

    /** Closed gaps that are remembered, so that a record which comes later still is recognised. */
    private static final int GAPS_REMEMBERED = 1_024;

    private final long windowRecords;
    private final long windowNanos;
    private final TreeMap<Long, Hole> holes = new TreeMap<>();
    private final TreeMap<Long, Long> gaps = new TreeMap<>();
    private long highest;
    private boolean anchored;
    /** The first index read where any was welcome: one below it is no late record, only one out of order. */
    private long start;

    private long reads;

    /**
     * @param after the index before the first one wanted; holes count from there
     * @param anchored false if the first record may have any index (nothing is known of the records before)
     */
    IndexSequence(long after, boolean anchored, long windowRecords, long windowNanos) {
        this.highest = after;
        this.anchored = anchored;
        this.windowRecords = windowRecords;
        this.windowNanos = windowNanos;
    }

    Arrival arrive(long index, long nowNanos) {
        if (index > highest) {
            if (index != highest + 1) {
                if (anchored) {
                    holes.put(highest + 1, new Hole(index, highest, reads, nowNanos));
                } else {
                    gaps.put(highest + 1, index);
                    start = index;
                }
            }
            anchored = true;
            highest = index;
            reads++;
            return Arrival.NEXT;
        }
        Arrival arrival = fill(index);
        if (arrival != Arrival.REPEATED) {
            reads++;
        }
        return arrival;
    }

    private Arrival fill(long index) {
        Map.Entry<Long, Hole> hole = holes.floorEntry(index);
        if (hole != null && index < hole.getValue().to()) {
            Hole old = hole.getValue();
            holes.remove(hole.getKey());
            if (hole.getKey() < index) {
                holes.put(hole.getKey(), new Hole(index, old.before(), old.openedAtRead(), old.openedAtNanos()));
            }
            if (index + 1 < old.to()) {
                holes.put(index + 1, new Hole(old.to(), index, old.openedAtRead(), old.openedAtNanos()));
            }
            return Arrival.FILLS_HOLE;
        }
        Map.Entry<Long, Long> gap = gaps.floorEntry(index);
        if (gap != null && index < gap.getValue()) {
            gaps.remove(gap.getKey());
            if (gap.getKey() < index) {
                gaps.put(gap.getKey(), index);
            }
            if (index + 1 < gap.getValue()) {
                gaps.put(index + 1, gap.getValue());
            }
            return index < start ? Arrival.FILLS_HOLE : Arrival.LATE;
        }
        return Arrival.REPEATED;
    }

    /** The greatest index read that is below the hole which {@code index} was in or is above: where a prefix must stay until it is acknowledged. */
    long readBefore(long index) {
        Map.Entry<Long, Hole> hole = holes.floorEntry(index);
        return hole == null ? index - 1 : Math.min(hole.getValue().before(), index - 1);
    }

    /**
     * The holes whose time or number of records is over.
     *
     * @param finished true if nothing more will come: then all of them
     */
    List<Gap> expired(long nowNanos, boolean finished) {
        if (holes.isEmpty()) {
            return List.of();
        }
        List<Gap> expired = new ArrayList<>();
        holes.forEach((from, hole) -> {
            if (finished
                    || reads - hole.openedAtRead() > windowRecords
                    || nowNanos - hole.openedAtNanos() >= windowNanos) {
                expired.add(new Gap(from, hole.to()));
            }
        });
        return expired;
    }

    /** Gives a hole up: what comes for it now is late. */
    void close(Gap gap) {
        holes.remove(gap.from());
        gaps.put(gap.from(), gap.to());
        if (gaps.size() > GAPS_REMEMBERED) {
            gaps.pollFirstEntry();
        }
    }

    boolean hasHoles() {
        return !holes.isEmpty();
    }

    /** No prefix may pass this while a hole is open; {@link Long#MAX_VALUE} without one. */
    long limit() {
        return holes.isEmpty() ? Long.MAX_VALUE : holes.firstEntry().getValue().before();
    }

    /** The greatest index read, or what was given at the start. */
    long highest() {
        return highest;
    }

    /** Where to read on after an interruption: a hole that is open is asked for again. */
    long resumeIndex() {
        return holes.isEmpty() ? highest + 1 : holes.firstKey();
    }
}

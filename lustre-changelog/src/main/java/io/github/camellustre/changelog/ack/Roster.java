// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.RecordBlock;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumers of one MDT: those that have joined since the start, and those that are only known from the disk. Not
 * thread-safe: guarded by the ledger's lock.
 */
final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    private final MdtLedger ledger;
    private final ClearDecision clear;
    private final SortedMap<String, ConsumerLedger> consumers = new TreeMap<>();
    /** Stored consumers that the configuration does not name (any more). */
    private final SortedMap<String, LedgerState.ConsumerState> absent = new TreeMap<>();
    /** Positions are known: from the repository, or because something was read. */
    private boolean positioned;

    /** @param state what was stored, null if nothing */
    Roster(MdtLedger ledger, LedgerState state, ClearDecision clear) {
        this.ledger = ledger;
        this.clear = clear;
        if (state != null) {
            absent.putAll(state.consumers());
            positioned = true;
        }
    }

    ConsumerLedger join(ConsumerOptions consumer, OptionalLong newest) {
        ConsumerLedger known = consumers.get(consumer.name());
        if (known != null) {
            if (known.attendance().isActive()) {
                throw new IllegalArgumentException(ledger.key() + ": there are two consumers named '" + consumer.name()
                        + "': give each endpoint its own name with the option consumer=NAME");
            }
            known.options(consumer);
            known.resume();
            return known;
        }
        ConsumerLedger fresh = newConsumer(consumer, newest);
        consumers.put(consumer.name(), fresh);
        ledger.rejoin(fresh);
        return fresh;
    }

    private ConsumerLedger newConsumer(ConsumerOptions consumer, OptionalLong newest) {
        LedgerState.ConsumerState stored = absent.remove(consumer.name());
        if (stored != null) {
            return new ConsumerLedger(ledger, consumer, stored.position(), stored.ranges(), false, true);
        }
        long shared = positioned ? sharedPosition() : 0;
        if (shared > 0) {
            return new ConsumerLedger(ledger, consumer, shared, new long[0], false, true);
        }
        return switch (consumer.start().kind()) {
            case NEWEST -> {
                newest.ifPresent(clear::raiseFloorAbove);
                yield new ConsumerLedger(ledger, consumer, newest.orElse(0), new long[0], newest.isEmpty(), false);
            }
            case MARK -> {
                long mark = consumer.start().mark();
                clear.raiseFloorAbove(mark);
                yield new ConsumerLedger(ledger, consumer, mark, new long[0], false, true);
            }
            case OLDEST -> new ConsumerLedger(ledger, consumer, 0, new long[0], false, false);
        };
    }

    /** The position up to which no known consumer needs anything; 0 if there is none. */
    private long sharedPosition() {
        long shared = absentPosition();
        for (ConsumerLedger consumer : consumers.values()) {
            shared = Math.min(shared, consumer.acks().position());
        }
        return shared == Long.MAX_VALUE ? 0 : shared;
    }

    private long absentPosition() {
        long position = Long.MAX_VALUE;
        for (LedgerState.ConsumerState state : absent.values()) {
            position = Math.min(position, state.position());
        }
        return position;
    }

    /**
     * Names the stored consumers that nobody joined as.
     *
     * @param drop true to forget them, too; false: they hold the clear
     * @return true if some were forgotten
     */
    boolean settleAbsent(boolean drop) {
        absent.forEach((name, state) -> {
            if (drop) {
                LOG.warn(
                        "{}: consumer '{}' is not configured any more and is dropped at position {}: it will never see"
                                + " the records after it",
                        ledger.key(),
                        name,
                        state.position());
            } else {
                LOG.warn(
                        "{}: consumer '{}' is not configured any more; its position {} holds the clear. Configure it"
                                + " again, or set absentConsumer=drop",
                        ledger.key(),
                        name,
                        state.position());
            }
        });
        if (!drop || absent.isEmpty()) {
            return false;
        }
        absent.clear();
        return true;
    }

    /** Those that have joined since the start, whether they take part now or not. */
    Collection<ConsumerLedger> joined() {
        return consumers.values();
    }

    // ---- what a reading does with all of them

    boolean isAnythingOutstanding() {
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.holdsRecords()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Leaves those behind that have records still.
     *
     * @return the lowest position of all that will take part in the next reading; 0 if nobody will
     */
    long startOfNextReading() {
        long after = Long.MAX_VALUE;
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.holdsRecords()) {
                consumer.attendance().detain();
            }
            if (consumer.attendance().isReading()) {
                after = Math.min(after, consumer.acks().position());
            }
        }
        return after == Long.MAX_VALUE ? 0 : after;
    }

    void restart(long firstSlot) {
        positioned = true;
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.attendance().isReading()) {
                consumer.restart(firstSlot);
            }
        }
    }

    /** @param holdAt see {@link ConsumerLedger#add} */
    void add(RecordBlock block, long[] holdAt) {
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.attendance().isAttached()) {
                consumer.add(block, holdAt);
            }
        }
    }

    /** A hole in the indexes has opened, moved or closed. */
    void holeLimit(long limit) {
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.attendance().isAttached()) {
                consumer.acks().holeLimit(limit);
            }
        }
    }

    void endOfStream() {
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.attendance().isAttached()) {
                consumer.acks().endOfStream();
            }
        }
    }

    /** Slot of the oldest record that somebody who takes part still needs. */
    long neededFrom() {
        long needed = Long.MAX_VALUE;
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.attendance().isAttached()) {
                needed = Math.min(needed, consumer.acks().first());
            }
        }
        return needed;
    }

    /** True if every consumer has acknowledged all that there is up to {@code highest}. */
    boolean isDrained(long highest) {
        for (ConsumerLedger consumer : consumers.values()) {
            if (!consumer.isDrained()
                    || !consumer.attendance().isAttached() && consumer.acks().position() < highest) {
                return false;
            }
        }
        return true;
    }

    // ---- positions

    /** All positions that are to be found again after a restart. */
    SortedMap<String, LedgerState.ConsumerState> positions() {
        SortedMap<String, LedgerState.ConsumerState> positions = new TreeMap<>(absent);
        for (ConsumerLedger consumer : consumers.values()) {
            Acknowledgements acks = consumer.acks();
            if (acks.hasPosition()) {
                positions.put(consumer.name(), new LedgerState.ConsumerState(acks.position(), acks.ranges()));
            }
        }
        return positions;
    }

    /** Up to where all that hold the clear have acknowledged; {@link Long#MAX_VALUE} if none holds it. */
    long clearablePosition() {
        long position = absentPosition();
        for (ConsumerLedger consumer : consumers.values()) {
            if (consumer.options().ack() != AckMode.NONE) {
                position = Math.min(position, consumer.acks().position());
            }
        }
        return position;
    }

    boolean isAcknowledged(String consumer, long index) {
        ConsumerLedger known = consumers.get(consumer);
        if (known == null) {
            LedgerState.ConsumerState stored = absent.get(consumer);
            return stored != null && index <= stored.position();
        }
        return known.acks().isAcknowledgedIndex(index);
    }
}

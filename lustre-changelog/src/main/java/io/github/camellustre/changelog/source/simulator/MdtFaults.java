// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Which faults of the plan one MDT has still to commit. What happens hangs on the records alone, and on the clock where a
 * fault says for how long. Any thread.
 */
final class MdtFaults {
    private final List<Fault> plan;
    private final LongSupplier nanoTime;
    /** Before these records a read ends, so that each fault meets its record at the beginning of one. */
    private final NavigableSet<Long> boundaries = new TreeSet<>();

    private final Map<Fault, Long> strikes = new HashMap<>();
    private final Map<Fault, Long> since = new HashMap<>();

    /** @param happened what an earlier process has seen happen */
    MdtFaults(List<Fault> plan, Predicate<Fault> happened, LongSupplier nanoTime) {
        this.plan = plan;
        this.nanoTime = nanoTime;
        for (Fault fault : plan) {
            switch (fault.kind()) {
                case READ, END, GONE, GAP -> boundaries.add(fault.at());
                case LATE -> boundaries.addAll(List.of(fault.at(), fault.at() + 1, fault.last() + 2));
                case REPEAT, RESET -> boundaries.add(fault.at() + 1);
                case CLEAR, REGISTER, DEREGISTER -> {
                    // these do not meet a read
                }
            }
            if (happened.test(fault)) {
                strikes.put(fault, 1L);
            }
        }
    }

    private static boolean happensAfter(Fault fault) {
        return fault.is(Fault.Kind.RESET) || fault.is(Fault.Kind.DEREGISTER);
    }

    /** The first record after this one that a read must begin with. */
    long boundaryAfter(long record) {
        Long boundary = boundaries.higher(record);
        return boundary == null ? Long.MAX_VALUE : boundary;
    }

    /** The first record from this one on that was written. */
    long written(long record) {
        long written = record;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Fault fault : plan) {
                if (fault.is(Fault.Kind.GAP) && fault.at() <= written && written <= fault.last()) {
                    written = fault.last() + 1;
                    moved = true;
                }
            }
        }
        return written;
    }

    /** The record is late: it comes after the one whose number is the answer; 0 if it comes in its place. */
    long comesAfter(long record) {
        for (Fault fault : plan) {
            if (fault.is(Fault.Kind.LATE) && fault.at() == record) {
                return fault.last() + 1;
            }
        }
        return 0;
    }

    /** The fault of this kind that a read beginning with {@code record} meets now, null if none. */
    synchronized Fault reading(Fault.Kind kind, long record) {
        for (Fault fault : plan) {
            if (fault.is(kind) && (fault.at() == record || isUnderWay(fault)) && strike(fault)) {
                return fault;
            }
        }
        return null;
    }

    /** The fault that a clear meets now, null if none. */
    synchronized Fault clearing(long record) {
        for (Fault fault : plan) {
            if (fault.is(Fault.Kind.CLEAR) && record >= fault.at() && strike(fault)) {
                return fault;
            }
        }
        return null;
    }

    private boolean strike(Fault fault) {
        long before = strikes.merge(fault, 1L, Long::sum) - 1;
        if (fault.time() == null) {
            return before < fault.times();
        }
        since.putIfAbsent(fault, nanoTime.getAsLong());
        return isUnderWay(fault);
    }

    private boolean isUnderWay(Fault fault) {
        Long start = since.get(fault);
        return fault.time() != null
                && start != null
                && nanoTime.getAsLong() - start < fault.time().toNanos();
    }

    synchronized boolean isGone() {
        return plan.stream().anyMatch(fault -> fault.is(Fault.Kind.GONE) && isUnderWay(fault));
    }

    /** Everything up to {@code record} was read. */
    synchronized void read(long record) {
        for (Fault fault : plan) {
            if (happensAfter(fault) && fault.at() <= record) {
                since.putIfAbsent(fault, nanoTime.getAsLong());
            }
        }
    }

    /** A fault of this kind whose time has come, once; null if there is none. */
    synchronized Fault due(Fault.Kind kind) {
        for (Fault fault : plan) {
            if (fault.is(kind) && since.containsKey(fault) && !isUnderWay(fault) && isFirst(fault)) {
                return fault;
            }
        }
        return null;
    }

    private boolean isFirst(Fault fault) {
        return strikes.merge(fault, 1L, Long::sum) == 1;
    }

    /** The last record before a reset that is still to come. */
    synchronized long end() {
        long end = Long.MAX_VALUE;
        for (Fault fault : plan) {
            if (fault.is(Fault.Kind.RESET) && strikes.getOrDefault(fault, 0L) == 0) {
                end = Math.min(end, fault.at());
            }
        }
        return end;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import java.util.Arrays;

/** Ranges {@code [from, to)} of sequence numbers, ascending and apart. */
final class Ranges {
    interface Action {
        void accept(long from, long to);
    }

    private long[] bounds = new long[2];
    /** Where the first range is in {@link #bounds}. */
    private int head;

    private int tail;

    /** Puts a range behind all others. */
    void append(long from, long to) {
        if (tail > head && bounds[tail - 1] == from) {
            bounds[tail - 1] = to;
            return;
        }
        if (tail == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * tail);
        }
        bounds[tail++] = from;
        bounds[tail++] = to;
    }

    boolean isEmpty() {
        return head == tail;
    }

    int count() {
        return (tail - head) / 2;
    }

    long from(int range) {
        return bounds[head + 2 * range];
    }

    long to(int range) {
        return bounds[head + 2 * range + 1];
    }

    long first() {
        return bounds[head];
    }

    /** Behind the last one. */
    long end() {
        return bounds[tail - 1];
    }

    long size() {
        long size = 0;
        for (int at = head; at < tail; at += 2) {
            size += bounds[at + 1] - bounds[at];
        }
        return size;
    }

    void forEach(Action action) {
        for (int at = head; at < tail; at += 2) {
            action.accept(bounds[at], bounds[at + 1]);
        }
    }

    /** Takes everything below {@code end} out and hands it to {@code action}. */
    void takeBefore(long end, Action action) {
        while (head < tail && bounds[head] < end) {
            long from = bounds[head];
            long to = Math.min(bounds[head + 1], end);
            if (to == bounds[head + 1]) {
                head += 2;
            } else {
                bounds[head] = to;
            }
            action.accept(from, to);
        }
    }

    /** Takes what there is of {@code [from, to)} out and hands it to {@code action}. */
    void take(long from, long to, Action action) {
        if (isEmpty() || to <= first() || from >= end()) {
            return;
        }
        Ranges kept = new Ranges();
        Ranges taken = new Ranges();
        forEach((low, high) -> {
            long cutFrom = Math.max(low, from);
            long cutTo = Math.min(high, to);
            if (cutFrom >= cutTo) {
                kept.append(low, high);
                return;
            }
            if (low < cutFrom) {
                kept.append(low, cutFrom);
            }
            taken.append(cutFrom, cutTo);
            if (cutTo < high) {
                kept.append(cutTo, high);
            }
        });
        bounds = kept.bounds;
        head = kept.head;
        tail = kept.tail;
        taken.forEach(action);
    }
}

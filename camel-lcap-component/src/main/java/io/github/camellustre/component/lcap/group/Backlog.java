// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The deliveries of a group that are not completed, in the order in which they were offered. Their records have numbers in
 * one endless sequence, so that any set of records is a few {@link Ranges}, whatever their indexes are.
 */
final class Backlog {
    interface Action {
        /** Records {@code [from, to)} of a delivery's batch. */
        void accept(Delivery delivery, int from, int to);
    }

    private static final int SMALLEST = 16;

    private final Queue<Delivery> completed = new ArrayDeque<>();
    /** A ring: {@code size} deliveries from {@code head} on, some of them done. */
    private Delivery[] ring = new Delivery[SMALLEST];

    private int head;
    private int size;
    private int done;
    private long end;
    private long held;

    /** The number of the next record. */
    long end() {
        return end;
    }

    /** The number of the first record of what is not completed; {@link #end} if everything is. */
    long first() {
        return size == 0 ? end : at(0).first();
    }

    /** Records that are not dealt with. */
    long held() {
        return held;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Delivery delivery, long now) {
        delivery.placeAt(end, now);
        if (delivery.isDone()) {
            completed.add(delivery);
            return;
        }
        if (size == ring.length) {
            resize(2 * size);
        }
        ring[head + size & ring.length - 1] = delivery;
        size++;
        end = delivery.end();
        held += delivery.open();
    }

    /** The oldest that is not completed; null if there is none. */
    Delivery oldest() {
        return size == 0 ? null : at(0);
    }

    /** Walks over the records {@code [from, to)}, without those whose delivery is completed. */
    void forEach(long from, long to, Action action) {
        for (int position = position(from); position < size; position++) {
            Delivery delivery = at(position);
            if (delivery.first() >= to) {
                return;
            }
            if (!delivery.isDone()) {
                action.accept(delivery, (int) (Math.max(from, delivery.first()) - delivery.first()), (int)
                        (Math.min(to, delivery.end()) - delivery.first()));
            }
        }
    }

    /** The index of this record, which is not dealt with. */
    long index(long sequence) {
        Delivery delivery = at(position(sequence));
        return delivery.records().index((int) (sequence - delivery.first()));
    }

    /** The first of these records whose index is above; {@link Long#MAX_VALUE} if there is none. */
    long firstAbove(long index, Ranges records) {
        for (int range = 0; range < records.count(); range++) {
            for (long number = records.from(range); number < records.to(range); ) {
                int position = position(number);
                if (position == size) {
                    return Long.MAX_VALUE;
                }
                Delivery delivery = at(position);
                number = Math.max(number, delivery.first());
                long end = Math.min(records.to(range), delivery.end());
                for (; number < end; number++) {
                    if (delivery.records().index((int) (number - delivery.first())) > index) {
                        return number;
                    }
                }
            }
        }
        return Long.MAX_VALUE;
    }

    /** The records {@code [from, to)}, none of them before, are dealt with. */
    void dealtWith(long from, long to) {
        held -= to - from;
        forEach(from, to, (delivery, first, last) -> {
            delivery.dealtWith(last - first);
            if (delivery.isDone()) {
                completed.add(delivery);
                done++;
            }
        });
        while (size > 0 && at(0).isDone()) {
            ring[head] = null;
            head = head + 1 & ring.length - 1;
            size--;
            done--;
        }
        // One that is held for long must not keep all that came after it.
        if (done > size / 2) {
            resize(Math.max(SMALLEST, 4 * Integer.highestOneBit(size - done)));
        }
    }

    /** One whose completion has not been told yet; null if there is none. */
    Delivery nextCompleted() {
        return completed.poll();
    }

    /** Fails what is not completed. */
    void fail(Throwable cause) {
        for (; size > 0; size--) {
            Delivery oldest = at(0);
            ring[head] = null;
            head = head + 1 & ring.length - 1;
            if (!oldest.isDone()) {
                held -= oldest.open();
                oldest.completed(cause);
            }
        }
    }

    /** Where the delivery of this record is, or the next one. */
    private int position(long sequence) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (at(middle).end() <= sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Delivery at(int position) {
        return ring[head + position & ring.length - 1];
    }

    /** Moves to another array, without what is done. */
    private void resize(int length) {
        Delivery[] fresh = new Delivery[length];
        int kept = 0;
        for (int position = 0; position < size; position++) {
            if (!at(position).isDone()) {
                fresh[kept++] = at(position);
            }
        }
        ring = fresh;
        head = 0;
        size = kept;
        done = 0;
    }
}

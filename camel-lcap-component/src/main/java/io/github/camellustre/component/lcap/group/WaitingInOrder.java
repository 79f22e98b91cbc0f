// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import java.util.Map;
import java.util.TreeMap;

/** Any reader may have any record: ranges, without a look at the records. */
final class WaitingInOrder implements Waiting {
    /** What came back, by its first record. All of it is older than what was never given. */
    private final TreeMap<Long, Returned> returned = new TreeMap<>();

    private final Backlog backlog;
    private long returnedCount;
    /** Records from here on were never given to a reader. */
    private long fresh;

    private long end;

    private record Returned(long to, int expiries) {}

    WaitingInOrder(Backlog backlog) {
        this.backlog = backlog;
    }

    @Override
    public void offered(long upTo) {
        end = upTo;
    }

    @Override
    public long available() {
        return returnedCount + end - fresh;
    }

    @Override
    public Picked pick(BatchBuilder batch) {
        Ranges picked = new Ranges();
        if (returned.isEmpty()) {
            fresh = add(fresh, end, batch, picked);
            return new Picked(picked, 0, 0);
        }
        int expiries = returned.firstEntry().getValue().expiries();
        int again = 0;
        while (!batch.isFull() && !returned.isEmpty()) {
            Map.Entry<Long, Returned> oldest = returned.firstEntry();
            long from = oldest.getKey();
            long to = oldest.getValue().to();
            if (oldest.getValue().expiries() != expiries) {
                break;
            }
            long reached = add(from, to, batch, picked);
            returned.remove(from);
            if (reached < to) {
                returned.put(reached, oldest.getValue());
            }
            returnedCount -= reached - from;
            again += (int) (reached - from);
        }
        if (!batch.isFull() && returned.isEmpty() && expiries == 0) {
            fresh = add(fresh, end, batch, picked);
        }
        return new Picked(picked, expiries, again);
    }

    /** Returns how far it got. */
    private long add(long from, long to, BatchBuilder batch, Ranges picked) {
        backlog.forEach(from, Math.min(to, from + batch.room()), (delivery, first, last) -> {
            if (!batch.isFull()) {
                int added = batch.add(delivery.records(), first, last);
                if (added > 0) {
                    picked.append(delivery.first() + first, delivery.first() + first + added);
                }
            }
        });
        return picked.isEmpty() ? from : Math.max(from, picked.end());
    }

    @Override
    public void acknowledged(long from, long to) {
        // nothing depends on it
    }

    @Override
    public void giveBack(Ranges records, int expiries) {
        records.forEach((from, to) -> {
            returned.put(from, new Returned(to, expiries));
            returnedCount += to - from;
        });
    }

    @Override
    public void withdraw(long from, long to, Ranges.Action action) {
        Long start = returned.floorKey(from);
        Ranges found = new Ranges();
        Map.Entry<Long, Returned> next = start == null ? returned.ceilingEntry(from) : returned.floorEntry(from);
        while (next != null && next.getKey() < to) {
            long low = next.getKey();
            Returned range = next.getValue();
            long cutFrom = Math.max(low, from);
            long cutTo = Math.min(range.to(), to);
            if (cutFrom < cutTo) {
                returned.remove(low);
                if (low < cutFrom) {
                    returned.put(low, new Returned(cutFrom, range.expiries()));
                }
                if (cutTo < range.to()) {
                    returned.put(cutTo, range);
                }
                found.append(cutFrom, cutTo);
                returnedCount -= cutTo - cutFrom;
            }
            next = returned.higherEntry(low);
        }
        if (from <= fresh && fresh < to) {
            long until = Math.min(to, end);
            found.append(fresh, until);
            fresh = until;
        }
        found.forEach(action);
    }
}

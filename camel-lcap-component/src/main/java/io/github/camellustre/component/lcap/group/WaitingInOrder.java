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
    public void fill(Pick pick) {
        while (!returned.isEmpty()
                && pick.admits(returned.firstEntry().getValue().expiries())) {
            Map.Entry<Long, Returned> oldest = returned.pollFirstEntry();
            long from = oldest.getKey();
            Returned range = oldest.getValue();
            long before = pick.room();
            long reached = add(pick, from, range.to(), range.expiries());
            if (reached < range.to()) {
                returned.put(reached, range);
            }
            returnedCount -= reached - from;
            pick.again(before - pick.room());
        }
        while (returned.isEmpty() && fresh < end && pick.admits(0)) {
            fresh = add(pick, fresh, end, 0);
        }
    }

    /** Returns how far it got. */
    private long add(Pick pick, long from, long to, int expiries) {
        long[] reached = {from};
        backlog.forEach(from, Math.min(to, from + pick.room()), (delivery, first, last) -> {
            if (pick.admits(expiries)) {
                reached[0] = delivery.first() + pick.takeWanted(delivery, first, last, expiries);
            }
        });
        return reached[0];
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

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import java.util.Arrays;

/** Puts the kept records of a window in the order of their groups: by counting, for any number of groups. */
final class ResultOrder {
    /** In result order. */
    final int[] records;
    /** Of each group in result order where it begins in {@link #records}; behind the last one its end. */
    final int[] starts;
    /** Of each group in result order its number in {@link GroupKeys}. */
    final int[] groups;
    /** How many records came in for each, in result order. */
    final int[] received;

    private ResultOrder(int[] records, int[] starts, int[] groups, int[] received) {
        this.records = records;
        this.starts = starts;
        this.groups = groups;
        this.received = received;
    }

    static ResultOrder ungrouped(WindowRecords records) {
        int[] kept = new int[records.size()];
        int count = 0;
        for (int record = 0; record < records.size(); record++) {
            if (records.isKept(record)) {
                kept[count++] = record;
            }
        }
        int[] received = {records.size()};
        return count == 0
                ? new ResultOrder(new int[0], new int[1], new int[0], new int[0])
                : new ResultOrder(Arrays.copyOf(kept, count), new int[] {0, count}, new int[1], received);
    }

    static ResultOrder of(WindowRecords records, IntColumn groupOf, GroupKeys keys, GroupOrder order) {
        IntColumn ranks = new IntColumn(-1);
        IntColumn numbers = new IntColumn(0);
        IntColumn received = new IntColumn(0);
        IntColumn kept = new IntColumn(0);
        int count = 0;
        int total = 0;
        for (int record = 0; record < records.size(); record++) {
            int group = keys.current(groupOf.get(record));
            int rank = ranks.get(group);
            if (rank < 0) {
                rank = count++;
                ranks.set(group, rank);
                numbers.set(rank, group);
            }
            received.set(rank, received.get(rank) + 1);
            if (records.isKept(record)) {
                kept.set(rank, kept.get(rank) + 1);
                total++;
            }
        }
        int[] sorted = sorted(count, kept, received, order);
        int[] starts = new int[sorted.length + 1];
        int[] groups = new int[sorted.length];
        int[] came = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            int rank = sorted[i];
            groups[i] = numbers.get(rank);
            came[i] = received.get(rank);
            starts[i + 1] = starts[i] + kept.get(rank);
            // from here on: where the next record of the group goes
            kept.set(rank, starts[i]);
        }
        int[] inOrder = new int[total];
        for (int record = 0; record < records.size(); record++) {
            if (records.isKept(record)) {
                int rank = ranks.get(keys.current(groupOf.get(record)));
                int at = kept.get(rank);
                inOrder[at] = record;
                kept.set(rank, at + 1);
            }
        }
        return new ResultOrder(inOrder, starts, groups, came);
    }

    /** The groups that have a record left. */
    private static int[] sorted(int count, IntColumn kept, IntColumn received, GroupOrder order) {
        long[] keys = new long[count];
        int groups = 0;
        for (int rank = 0; rank < count; rank++) {
            if (kept.get(rank) > 0) {
                long heat = order == GroupOrder.HOTTEST ? Integer.MAX_VALUE - received.get(rank) : 0;
                keys[groups++] = heat << 32 | rank;
            }
        }
        Arrays.sort(keys, 0, groups);
        int[] sorted = new int[groups];
        for (int i = 0; i < groups; i++) {
            sorted[i] = (int) keys[i];
        }
        return sorted;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import io.github.camellustre.changelog.filter.RecordFilter;
import java.util.ArrayList;
import java.util.List;

/** What the model knows of one reader. */
final class ModelReader {
    final GroupReader reader;
    final boolean longPoll;
    long leaseTime;
    int mostRecords = 64;
    RecordFilter filter;
    boolean there = true;
    boolean ended;
    boolean waits;
    long waitsUntil;
    long silentAt;
    /** What is left of the batch; null: none in hand. */
    List<ModelRecord> hand;

    long lastIndex;
    long leaseOfBatch;
    boolean live;

    ModelReader(GroupReader reader, boolean longPoll, long leaseTime, long now) {
        this.reader = reader;
        this.longPoll = longPoll;
        this.leaseTime = leaseTime;
        spoke(now);
    }

    void spoke(long now) {
        there = true;
        silentAt = now + (hand != null && live ? leaseOfBatch : leaseTime);
    }

    /** Those of the batch that are its alone. */
    List<ModelRecord> held() {
        return hand != null && live
                ? hand.stream().filter(record -> !record.dealtWith).toList()
                : List.of();
    }

    /** What a CLEAR acknowledges. */
    List<ModelRecord> upTo(long index) {
        List<ModelRecord> open = new ArrayList<>(
                hand.stream().filter(record -> !record.dealtWith).toList());
        if (index == 0 || index >= lastIndex) {
            return open;
        }
        for (int at = 0; at < open.size(); at++) {
            if (open.get(at).index > index) {
                return open.subList(0, at);
            }
        }
        return open;
    }
}

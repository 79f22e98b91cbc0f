// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.time.Duration;
import java.util.BitSet;

/**
 * How one consumer wants to be served.
 *
 * @param name stable name: its positions are kept under it
 * @param types record types by number that it wants; null for all
 * @param start where it starts when no position of it is known
 * @param batching true: batches; false: one record at a time
 * @param maxBatch most records of one batch
 * @param maxInFlight most records between the last position on disk and the newest that was handed over
 * @param maxInFlightBytes most bytes of raw records that are kept for it
 * @param maxRedeliveries how often a record is handed over again before it is exhausted; negative: endless
 * @param redeliveryDelay wait after a first failure; doubles with each further one
 * @param maxRedeliveryDelay longest wait
 */
public record ConsumerOptions(
        String name,
        AckMode ack,
        Redelivery redelivery,
        BitSet types,
        StartFrom start,
        boolean batching,
        int maxBatch,
        int maxInFlight,
        long maxInFlightBytes,
        int maxRedeliveries,
        OnExhausted onExhausted,
        Duration redeliveryDelay,
        Duration maxRedeliveryDelay) {

    public ConsumerOptions {
        if (maxInFlight < 1 || maxInFlightBytes < 1 || maxBatch < 1) {
            throw new IllegalArgumentException(
                    "consumer '" + name + "': maxInFlight, maxInFlightBytes and maxBatch must be at least 1");
        }
        types = types == null ? null : (BitSet) types.clone();
    }

    boolean wants(int typeNumber) {
        return types == null || typeNumber >= 0 && types.get(typeNumber);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.time.Duration;

/**
 * What holds for all consumers of one MDT and user.
 *
 * @param reorderRecords a hole in the indexes is held open for so many records...
 * @param reorderTime ...or for so long, whichever is over first
 * @param stopOnGap true: the MDT stops at a gap until an operator acts; false: it is reported, and reading goes on
 * @param dropAbsent true: a stored consumer that is not configured any more is forgotten; false: it holds the clear
 * @param clearInterval longest time between a change of the positions and their way to disk and to the MDT
 * @param clearBatch acknowledged records after which that happens at once; 0: only the time counts
 * @param heartbeat time without a clear after which the last one is repeated, so that the MDT does not take the user for idle
 */
public record LedgerOptions(
        int reorderRecords,
        Duration reorderTime,
        boolean stopOnGap,
        boolean dropAbsent,
        Duration clearInterval,
        int clearBatch,
        Duration heartbeat) {}

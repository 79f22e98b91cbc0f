// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/**
 * One MDT's ledger at one moment. Counters are since the start of the process.
 *
 * @param readIndex greatest index read
 * @param cleared last index cleared
 * @param clearFloor no clear below it; {@link LedgerState#FLOOR_UNKNOWN} as long as it is not known
 * @param inFlight records kept because some consumer has not acknowledged them
 * @param inFlightBytes their raw bytes
 * @param holeOpen true while records are missing that may still come
 * @param read records read, repeats not counted
 * @param repeated records that the source gave twice; dropped
 * @param reordered records that came out of order, in time
 * @param late records that came after their gap was closed; delivered
 * @param gaps holes that stayed
 * @param missing indexes in those gaps
 */
public record LedgerStatus(
        long readIndex,
        long cleared,
        long clearFloor,
        long inFlight,
        long inFlightBytes,
        boolean holeOpen,
        long read,
        long repeated,
        long reordered,
        long late,
        long gaps,
        long missing,
        long checkpoints,
        long checkpointErrors,
        long clears,
        long clearErrors) {}

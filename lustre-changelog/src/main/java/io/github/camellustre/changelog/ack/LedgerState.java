// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBlock;
import java.util.SortedMap;

/**
 * What survives a restart: the positions of all consumers of one MDT and user, and what must be known before a clear.
 *
 * @param identity the source's stream identity; positions mean nothing on another stream
 * @param consumers position and acknowledged ranges by consumer name
 * @param clearFloor no clear below this index; {@link #FLOOR_UNKNOWN} until it has been found out
 * @param cleared the last index that was, or was about to be, cleared; 0 before the first clear
 * @param last the newest record that was acknowledged, null before the first
 */
public record LedgerState(
        LedgerKey key,
        String identity,
        SortedMap<String, ConsumerState> consumers,
        long clearFloor,
        long cleared,
        LastRecord last) {

    public static final long FLOOR_UNKNOWN = -1;

    /**
     * @param position every record read up to this index is acknowledged
     * @param ranges acknowledged above it: inclusive {@code from, to, from, to...}
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record ConsumerState(long position, long[] ranges) {}

    /**
     * Recognises the stream again: an MDT whose indexes start anew has another record at this index.
     *
     * @param time as Lustre has it, seconds &lt;&lt; 30 | nanoseconds
     * @param fid the record's first subject, or what stands for its target, as Lustre prints it
     */
    public record LastRecord(long index, long time, String fid) {

        public static LastRecord of(RecordBlock block, int record) {
            ChangelogRecord whole = block.record(record);
            Fid fid = whole.subjects().isEmpty()
                    ? whole.targetFid()
                    : whole.subjects().get(0);
            return new LastRecord(block.index(record), block.time(record), fid.toString());
        }
    }
}

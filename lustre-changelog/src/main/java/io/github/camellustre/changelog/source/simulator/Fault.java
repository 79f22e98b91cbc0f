// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import java.time.Duration;

/**
 * One misbehaviour of a simulated MDT.
 *
 * @param detail the error or the changelog user, empty where the kind has none
 * @param at the record at which it comes, counted from the log's first one, also over an index reset
 * @param count how often, or how many records
 * @param time how long, or how long after; null if not given
 */
record Fault(Kind kind, String detail, long at, long count, Duration time) {

    /** What a fault does; docs/faults.md shows how each is written. */
    enum Kind {
        /** The read that would begin with the record fails, and its handle is dead. */
        READ,
        /** Clears of the index and above fail. */
        CLEAR,
        /** The handle that comes to the record gives nothing more. */
        END,
        /** The MDT is away when the record would be read: not listed, not opened, not read, not cleared. */
        GONE,
        /** Records that were never written. */
        GAP,
        /** The record comes later than so many of its successors. */
        LATE,
        /** After the record, so many come once more. */
        REPEAT,
        /** The user was registered when the record was the newest. */
        REGISTER,
        /** The MDT removes the user once the record was read. */
        DEREGISTER,
        /** Once the record was read, the MDT starts with index 1 anew, with no record and with new users. */
        RESET
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** How often it strikes. */
    long times() {
        return kind == Kind.REPEAT ? 1 : count;
    }

    /** The last record that it is about. */
    long last() {
        return at + count - 1;
    }
}

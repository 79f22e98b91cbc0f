// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** The records of a group that no reader has, and which of them a reader may be given next. */
interface Waiting {
    /** Records up to {@code end} have been offered. */
    void offered(long end);

    /** How many a reader that asks now may find; too many rather than too few. */
    long available();

    /** Moves the oldest records that may go out to a batch, as many as fit. Those that are left out wait no more, either. */
    void fill(Pick pick);

    /** Records of a batch have been acknowledged. */
    void acknowledged(long from, long to);

    /** What is left of a batch comes back, before all that was offered later. */
    void giveBack(Ranges records, int expiries);

    /** Takes those out of {@code [from, to)} that wait and hands them to {@code action}. */
    void withdraw(long from, long to, Ranges.Action action);
}

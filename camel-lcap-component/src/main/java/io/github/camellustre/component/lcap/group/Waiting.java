// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

/** The records of a group that no reader has, and which of them a reader may be given next. */
interface Waiting {
    /** Records up to {@code end} have been offered. */
    void offered(long end);

    /** How many a reader that asks now may find; too many rather than too few. */
    long available();

    /**
     * Moves records to a batch: the oldest that may go out, as many as fit. All of them have had their time run out equally
     * often, so that a record which kills its reader takes no others along.
     */
    Picked pick(BatchBuilder batch);

    /** Records of a batch have been acknowledged. */
    void acknowledged(long from, long to);

    /** What is left of a batch comes back, before all that was offered later. */
    void giveBack(Ranges records, int expiries);

    /** Takes those out of {@code [from, to)} that wait and hands them to {@code action}. */
    void withdraw(long from, long to, Ranges.Action action);

    /**
     * What went into a batch.
     *
     * @param expiries how often the time of these records has run out before
     * @param again how many have been sent before
     */
    record Picked(Ranges records, int expiries, int again) {}
}

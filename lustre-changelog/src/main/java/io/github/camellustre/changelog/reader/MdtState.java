// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

/** What the reader of one MDT is doing. */
public enum MdtState {
    /** Not opened yet, or no consumer wants it. */
    IDLE,
    READING,
    /** At the end of what there is: waits for new records. */
    WAITING,
    /** As much is in flight as may be: a consumer holds it. */
    HELD,
    /** An error that may pass; tries again. */
    RETRYING,
    /** An error that needs an operator; tries again all the same. */
    FAILED,
    /** Records are missing and {@code onGap=stop}. */
    GAP,
    /** The MDT's indexes have started anew: nothing is read or cleared before an operator has acted. */
    RESET,
    /** A finite source is at its end. */
    FINISHED,
    STOPPED;

    /** True if it stays what it is, also after the stop: a restart alone does not change it. */
    public boolean isFinal() {
        return this == GAP || this == RESET || this == FINISHED;
    }

    /** True if records flow, or would if there were any. */
    public boolean isHealthy() {
        return this == READING || this == WAITING || this == HELD || this == FINISHED;
    }
}

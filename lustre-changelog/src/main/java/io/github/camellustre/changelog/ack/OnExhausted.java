// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/** What happens to a record that failed more often than allowed. */
public enum OnExhausted {
    /** The consumer stops on that MDT and holds the clear, until an operator acts. */
    STOP,
    /** The record goes to the dead letter; once that took it, it counts as acknowledged. */
    DEAD_LETTER
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/** What a consumer is handed after a failure, or after a restart. */
public enum Redelivery {
    /** Everything from the first record that is not acknowledged: later ones repeat, each FID's records end in order. */
    ORDERED,
    /** Only records that are not acknowledged: nothing repeats without need, order is not kept. */
    MISSING
}

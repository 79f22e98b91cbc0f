// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

/**
 * With {@code ack=manual} in the header {@link LustreConstants#ACKNOWLEDGEMENT}: nothing counts as acknowledged until the
 * route says so. May be called from any thread, also after the exchange is done, and more than once.
 */
public interface LustreAcknowledgement {

    /** Acknowledges the record, or the whole batch, of this exchange. */
    void acknowledge();

    /** Acknowledges every record that this consumer was handed from this MDT up to and including {@code index}. */
    void acknowledgeUpTo(long index);
}

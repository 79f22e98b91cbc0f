// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Option;

/** Where a reader's batches come from: a server, or Lustre itself. One batch is out at a time. */
interface Channel {

    /**
     * Waits until the other side has answered, about a second at most while it is there.
     *
     * @return null if it has nothing now, or the channel is closed
     */
    BatchInHand dequeue() throws LcapException, InterruptedException;

    /** All of the batch that is out is acknowledged; the next may be asked for. Returns at once. */
    void complete(BatchInHand batch);

    /** The application lives. Cheap: called with each acknowledgement. */
    void touch();

    /** From the next batch on. Returns at once: a refusal is thrown by {@link #dequeue}. */
    void set(Option option);

    /** A batch that is out goes to another reader of the former group. */
    void set(GroupName group);

    boolean isClosed();

    /** Sends what is acknowledged and ends. Bounded; ends a {@link #dequeue} that waits. */
    void close();
}

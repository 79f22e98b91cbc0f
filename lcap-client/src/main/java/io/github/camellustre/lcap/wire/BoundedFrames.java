// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import zmq.Msg;
import zmq.msg.MsgAllocator;

/**
 * Room for frames that come in. JeroMQ takes a size of 2^63 bytes or more for a negative one, which is below any bound, and
 * what is thrown here ends the thread that serves all connections. Such a frame is taken for an empty one; the bytes behind
 * it are no ZeroMQ, and the sender's own harm.
 */
public record BoundedFrames(int most) implements MsgAllocator {
    @Override
    public Msg allocate(int size) {
        return new Msg(size < 0 || size > most ? 0 : size);
    }
}

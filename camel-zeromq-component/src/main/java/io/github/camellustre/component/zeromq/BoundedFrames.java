// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import zmq.Msg;
import zmq.msg.MsgAllocator;

/**
 * Room for frames that come in. JeroMQ checks their size before, but takes one of 2^63 bytes or more for a negative one
 * that is below any bound; and neither an exception nor the lack of memory here may reach the I/O thread that all
 * sockets share. Such a frame becomes an empty one; what follows it makes no sense either and is its sender's harm.
 */
final class BoundedFrames implements MsgAllocator {
    private final long max;

    BoundedFrames(long max) {
        this.max = max;
    }

    @Override
    public Msg allocate(int size) {
        if (size < 0 || size > max) {
            return new Msg(0);
        }
        try {
            return new Msg(size);
        } catch (OutOfMemoryError e) {
            return new Msg(0);
        }
    }
}

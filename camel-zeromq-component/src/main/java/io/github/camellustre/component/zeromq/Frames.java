// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConverter;
import org.zeromq.ZMQ;

/** Frames of a message, and the body that stands for them. */
final class Frames {
    private static final byte[] EMPTY = {};

    private Frames() {}

    /**
     * A list is a message of several frames, anything else one frame; no body is an empty frame.
     *
     * @throws IllegalArgumentException if the list is empty
     * @throws NoTypeConversionAvailableException if no converter makes bytes of a part
     */
    static byte[][] of(Object body, Exchange exchange) throws NoTypeConversionAvailableException {
        if (body instanceof byte[] bytes) {
            return new byte[][] {bytes};
        }
        if (!(body instanceof List<?> parts)) {
            return new byte[][] {bytes(body, exchange)};
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("zeromq: the body is an empty list, a message has at least one frame;"
                    + " filter such exchanges, or send an empty text");
        }
        byte[][] frames = new byte[parts.size()][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = bytes(parts.get(i), exchange);
        }
        return frames;
    }

    private static byte[] bytes(Object part, Exchange exchange) throws NoTypeConversionAvailableException {
        if (part == null) {
            return EMPTY;
        }
        TypeConverter converter = exchange.getContext().getTypeConverter();
        return converter.mandatoryConvertTo(byte[].class, exchange, part);
    }

    static byte[][] prepend(byte[] first, byte[][] frames) {
        byte[][] all = new byte[frames.length + 1][];
        all[0] = first;
        System.arraycopy(frames, 0, all, 1, frames.length);
        return all;
    }

    /** @return the frame if it is the only one, else a list of them */
    static Object body(byte[][] frames, int from) {
        return frames.length - from == 1 ? frames[from] : List.of(Arrays.copyOfRange(frames, from, frames.length));
    }

    /**
     * Gives all frames to the socket or none, without waiting.
     *
     * @return false if it has no room
     */
    static boolean send(ZMQ.Socket socket, byte[][] frames) {
        int last = frames.length - 1;
        for (int i = 0; i < last; i++) {
            if (!socket.send(frames[i], ZMQ.DONTWAIT | ZMQ.SNDMORE)) {
                return refused(i);
            }
        }
        return socket.send(frames[last], ZMQ.DONTWAIT) || refused(last);
    }

    private static boolean refused(int frame) {
        if (frame > 0) {
            throw new IllegalStateException("zeromq: the peer went while the message was given to it, frame by frame");
        }
        return false;
    }

    /**
     * @param flags whether to wait
     * @return null if no message is there; one that is there is there with all its frames
     */
    static byte[][] receive(ZMQ.Socket socket, int flags) {
        byte[] first = socket.recv(flags);
        if (first == null) {
            return null;
        }
        if (!socket.hasReceiveMore()) {
            return new byte[][] {first};
        }
        List<byte[]> frames = new ArrayList<>();
        frames.add(first);
        while (socket.hasReceiveMore()) {
            frames.add(socket.recv(flags));
        }
        return frames.toArray(new byte[0][]);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.Arrays;

/**
 * The frames before the body of what a ROUTER or REP receives, which it puts before the reply: the identity of the peer, and,
 * where the peer is a REQ, or a DEALER that speaks like one, all up to the first empty frame.
 */
final class Envelope {
    private static final Envelope NONE = new Envelope(new byte[0][]);

    private final byte[][] frames;

    private Envelope(byte[][] frames) {
        this.frames = frames;
    }

    static Envelope of(ZeroMqSocketType type, byte[][] message) {
        if (type != ZeroMqSocketType.ROUTER && type != ZeroMqSocketType.REP) {
            return NONE;
        }
        return new Envelope(Arrays.copyOf(message, Math.max(1, end(message))));
    }

    /** Whether a peer that speaks like a REQ has sent this: an empty frame before the body. */
    static boolean isRequest(byte[][] message) {
        return end(message) > 0;
    }

    /** @return where the body begins, 0 if there is no empty frame before it */
    private static int end(byte[][] message) {
        for (int i = 1; i < message.length - 1; i++) {
            if (message[i].length == 0) {
                return i + 1;
            }
        }
        return 0;
    }

    int length() {
        return frames.length;
    }

    byte[] identity() {
        return frames[0];
    }

    byte[][] before(byte[][] body) {
        if (frames.length == 0) {
            return body;
        }
        byte[][] all = Arrays.copyOf(frames, frames.length + body.length);
        System.arraycopy(body, 0, all, frames.length, body.length);
        return all;
    }
}

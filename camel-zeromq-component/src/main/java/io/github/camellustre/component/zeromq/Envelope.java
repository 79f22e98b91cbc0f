// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.Arrays;

/**
 * The frames before the body of what a ROUTER receives, which it puts before the reply: the identity of the peer, and,
 * where the peer is a REQ, or a DEALER that speaks like one, all up to the first empty frame.
 */
final class Envelope {
    private static final Envelope NONE = new Envelope(new byte[0][]);

    private final byte[][] frames;

    private Envelope(byte[][] frames) {
        this.frames = frames;
    }

    static Envelope of(ZeroMqSocketType type, byte[][] message) {
        if (type != ZeroMqSocketType.ROUTER) {
            return NONE;
        }
        int end = 1;
        for (int i = 1; i < message.length - 1; i++) {
            if (message[i].length == 0) {
                end = i + 1;
                break;
            }
        }
        return new Envelope(Arrays.copyOf(message, end));
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

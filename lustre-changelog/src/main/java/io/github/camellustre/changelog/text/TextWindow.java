// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The part of a long text that is being looked at. Places in it stay valid until {@link #release}. */
final class TextWindow {
    private static final int STEP = 1 << 16;

    private final InputStream in;
    private byte[] bytes = new byte[2 * STEP];
    private int start;
    private int end;
    private boolean ended;

    TextWindow(InputStream in) {
        this.in = in;
    }

    byte[] bytes() {
        return bytes;
    }

    /** First byte not yet released. */
    int start() {
        return start;
    }

    /** Behind the last byte read so far. */
    int end() {
        return end;
    }

    /** Reads until there is a byte at {@code place}; false if the text ends before. */
    boolean has(int place) throws IOException {
        while (place >= end && !ended) {
            if (end == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
            int count = in.read(bytes, end, bytes.length - end);
            if (count < 0) {
                ended = true;
            } else {
                end += count;
            }
        }
        return place < end;
    }

    /** Where the next newline is, from {@code from} on but before {@code limit}; -1 if there is none. */
    int newline(int from, int limit) throws IOException {
        for (int at = from; at < limit && has(at); at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** Everything before {@code place} is done with. */
    void release(int place) {
        start = place;
        if (start > STEP && end - start < STEP) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            start = 0;
        }
    }
}

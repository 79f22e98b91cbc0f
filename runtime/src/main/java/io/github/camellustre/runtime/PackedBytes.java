// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Byte arrays back to back in a few large ones, to be read in the order in which they were added. What waits is then nothing that a collector of
 * garbage has to follow, and to copy piece by piece. Used by one thread at a time.
 */
final class PackedBytes {
    /** Below half a region of G1 in a small heap: what is larger takes whole regions. */
    private static final int MOST = 1 << 17;

    private final int room;
    private final List<byte[]> pieces = new ArrayList<>();
    private byte[] last = new byte[0];
    private int used;

    /** @param expected bytes in all, about */
    PackedBytes(long expected) {
        room = (int) Math.min(MOST, expected);
    }

    void add(byte[] bytes) {
        if (bytes.length > last.length - used) {
            last = new byte[Math.max(room, bytes.length)];
            pieces.add(last);
            used = 0;
        }
        System.arraycopy(bytes, 0, last, used, bytes.length);
        used += bytes.length;
    }

    Reader reader() {
        return new Reader(pieces.iterator());
    }

    /** Copies of what was added. */
    static final class Reader {
        private final Iterator<byte[]> pieces;
        private byte[] piece = new byte[0];
        private int at;

        private Reader(Iterator<byte[]> pieces) {
            this.pieces = pieces;
        }

        /** @param length of the array that was added here */
        byte[] next(int length) {
            if (length > piece.length - at) {
                piece = pieces.next();
                at = 0;
            }
            at += length;
            return Arrays.copyOfRange(piece, at - length, at);
        }
    }
}

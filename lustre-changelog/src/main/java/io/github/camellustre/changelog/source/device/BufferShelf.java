// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.device;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Read buffers that wait for the next opening: memory outside the heap is dear to make and late to be freed. */
final class BufferShelf {
    private static final int SIZE = 1 << 20;

    private final ConcurrentLinkedQueue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

    ByteBuffer take() {
        ByteBuffer buffer = buffers.poll();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer;
    }

    void putBack(ByteBuffer buffer) {
        buffers.add(buffer);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes of raw records that all MDTs together may keep. Each MDT may always hold one block, so that none starves; beyond
 * that reading waits until others have released.
 */
public final class MemoryBudget {
    private final long total;
    private final AtomicLong used = new AtomicLong();

    public MemoryBudget(long totalBytes) {
        this.total = totalBytes;
    }

    boolean hasRoom() {
        return used.get() < total;
    }

    void take(long bytes) {
        used.addAndGet(bytes);
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    public long usedBytes() {
        return used.get();
    }

    public long totalBytes() {
        return total;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.function.Consumer;

/**
 * Releases the tokens of a group one after another, taking a ledger's lock once for all its tokens that follow each other:
 * a group of a thousand would else wrest it a thousand times from the thread that hands over. Holds one ledger's lock at a
 * time, so that groups over several MDTs cannot lock each other out. One thread; {@link #close} when done.
 */
public final class GroupRelease implements Consumer<Token>, AutoCloseable {
    private final Throwable failure;
    private LedgerLock held;

    /** @param failure the outcome of the group; null for success */
    public GroupRelease(Throwable failure) {
        this.failure = failure;
    }

    @Override
    public void accept(Token token) {
        LedgerLock lock = token.lock();
        if (token.isWatched()) {
            // Who watches may be slow: a file of keys.
            close();
        } else if (lock != held) {
            close();
            lock.lock();
            held = lock;
        }
        if (failure != null) {
            token.fail(failure);
        }
        token.release();
    }

    @Override
    public void close() {
        LedgerLock old = held;
        held = null;
        if (old != null) {
            old.unlock();
        }
    }
}

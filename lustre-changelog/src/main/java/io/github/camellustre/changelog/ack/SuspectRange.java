// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

/**
 * The slots of one consumer in which deliveries have failed, and how many of their records are tried at once: half of what
 * failed last, so that one bad record is found among the good ones of its batch; and behind that twice as many each time
 * once something has succeeded again, so that a sink that was down soon gets whole batches. Guarded by the ledger's lock.
 */
final class SuspectRange {
    private long end;
    private int size = 1;
    /** What the newest failure concerns: of tokens that failed together the oldest. */
    private long failedFirst;

    private long failedEnd;
    /** Something has succeeded since. */
    private boolean succeeds;

    /** @param together true if others of the same delivery have failed before */
    void failed(Token token, boolean together) {
        end = Math.max(end, token.endSlot());
        succeeds = false;
        if (!together || token.firstSlot() < failedFirst) {
            failedFirst = token.firstSlot();
            failedEnd = token.endSlot();
            size = Math.max(1, token.count() / 2);
        }
    }

    /** A token that was handed out after the newest failure has succeeded. */
    void succeeded() {
        succeeds = true;
    }

    boolean contains(long slot) {
        return slot < end;
    }

    /** Records at most of the batch that is now handed over from {@code slot} on. */
    int next(long slot, int usual) {
        if (!contains(slot)) {
            return usual;
        }
        if (succeeds && slot >= failedEnd) {
            size = (int) Math.min(2L * size, Integer.MAX_VALUE);
        }
        return Math.min(size, usual);
    }

    /** Slots count anew from here. */
    void restart(long firstSlot) {
        end = firstSlot;
    }
}

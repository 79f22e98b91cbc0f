// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import io.github.camellustre.changelog.RecordBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The raw bytes of the records that were read and may have to be delivered again: one reading serves all consumers.
 * Not thread-safe: guarded by the ledger's lock.
 */
final class Window {
    /** Blocks of whole records by slot: the first record of {@code block} has the slot {@code firstSlot}. */
    record Span(long firstSlot, RecordBlock block) {
        long endSlot() {
            return firstSlot + block.count();
        }
    }

    /** Bytes that are joined at most: a block is released as a whole. */
    private static final int MOST_JOINED = 1 << 20;

    private final List<Span> spans = new ArrayList<>();
    private int head;
    private long end;
    private long bytes;

    Window(long firstSlot) {
        end = firstSlot;
    }

    void add(RecordBlock block) {
        spans.add(new Span(end, block));
        end += block.count();
        bytes += block.length();
    }

    /** The block that holds a slot. */
    Span span(long slot) {
        return spans.get(position(slot));
    }

    /**
     * The block that holds a slot, and those behind it joined with it, up to so many records: what trickled in while a consumer was held
     * does not go out in the same trickle, and a batch may be larger than what a read brings. Whoever has the single ones keeps them.
     */
    Span joined(long slot, int records) {
        int first = position(slot);
        int last = first;
        int count = 0;
        int length = 0;
        while (last < spans.size()) {
            RecordBlock block = spans.get(last).block();
            count += block.count();
            length += block.length();
            if (count > records || length > MOST_JOINED) {
                break;
            }
            last++;
        }
        if (last - first > 1) {
            List<Span> single = spans.subList(first, last);
            Span joined = new Span(
                    single.get(0).firstSlot(),
                    RecordBlock.join(single.stream().map(Span::block).toList()));
            single.clear();
            spans.add(first, joined);
        }
        return spans.get(first);
    }

    private int position(long slot) {
        int low = head;
        int high = spans.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (spans.get(middle).firstSlot() <= slot) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Span span = spans.get(low);
        if (slot < span.firstSlot() || slot >= span.endSlot()) {
            throw new IllegalArgumentException("slot " + slot + " is not in the window");
        }
        return low;
    }

    /** Forgets the blocks that lie wholly below {@code slot}. */
    long releaseBelow(long slot) {
        long released = 0;
        while (head < spans.size() && spans.get(head).endSlot() <= slot) {
            released += spans.set(head, null).block().length();
            head++;
        }
        if (head > 64 && head > spans.size() / 2) {
            spans.subList(0, head).clear();
            head = 0;
        }
        bytes -= released;
        return released;
    }

    /** Slot of the oldest record that is kept. */
    long first() {
        return head < spans.size() ? spans.get(head).firstSlot() : end;
    }

    /** Slot behind the oldest block that is kept: nothing is released before a prefix has come there. */
    long firstEnd() {
        return head < spans.size() ? spans.get(head).endSlot() : Long.MAX_VALUE;
    }

    /** Slot that the next record will have. */
    long end() {
        return end;
    }

    long bytes() {
        return bytes;
    }
}

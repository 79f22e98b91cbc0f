// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import java.util.Arrays;

/**
 * Which slot of a block is kept for what. The same for every block of every MDT, so that a block knows in which slot,
 * hence with which FID, name and time, something happened in an earlier block or on another MDT.
 */
final class BlockPlan {
    static final int SLOTS = 1_024;

    /** What a slot is kept for. */
    enum Use {
        /** Nothing: files that come and go within the block. */
        LOCAL,
        /** In the first block a long-lived directory is made, in all others as LOCAL. */
        TREE,
        /** One step of an operation over two MDTs, as the MDT where it starts. */
        EXCHANGE_HERE,
        /** One step of an operation over two MDTs, as the other MDT. */
        EXCHANGE_THERE,
        /** A file that outlives the block is created. */
        SURVIVOR_CREATED,
        SURVIVOR_CLOSED,
        /** A file of the block before is changed. */
        SURVIVOR_CHANGED,
        /** A file of {@link Survivors#LIFE} blocks ago is removed. */
        SURVIVOR_REMOVED
    }

    private static final Use[] USES = new Use[SLOTS];
    private static final int[] NUMBERS = new int[SLOTS];
    private static final int[][] EXCHANGE_SLOTS = new int[Exchange.COUNT][Exchange.STEPS];
    private static final int[] SURVIVOR_SLOTS = new int[Survivors.COUNT];
    private static final int[] CHANGE_SLOTS = new int[Survivors.COUNT];

    static {
        Arrays.fill(USES, Use.LOCAL);
        for (int directory = 0; directory < Tree.DIRECTORIES; directory++) {
            keep(directory, Use.TREE, directory);
        }
        for (int exchange = 0; exchange < Exchange.COUNT; exchange++) {
            int after = Tree.DIRECTORIES + exchange * 78;
            for (int step = 0; step < Exchange.STEPS; step++) {
                Use use = Exchange.isThere(step) ? Use.EXCHANGE_THERE : Use.EXCHANGE_HERE;
                int slot = keep(after + 11, use, exchange * Exchange.STEPS + step);
                EXCHANGE_SLOTS[exchange][step] = slot;
                after = slot;
            }
        }
        for (int survivor = 0; survivor < Survivors.COUNT; survivor++) {
            int from = Tree.DIRECTORIES + survivor * 58;
            SURVIVOR_SLOTS[survivor] = keep(from, Use.SURVIVOR_CREATED, survivor);
            keep(SURVIVOR_SLOTS[survivor] + 2, Use.SURVIVOR_CLOSED, survivor);
            CHANGE_SLOTS[survivor] = keep(from + 20, Use.SURVIVOR_CHANGED, survivor);
            keep(from + 37, Use.SURVIVOR_REMOVED, survivor);
        }
    }

    /** Slots that are LOCAL in every block. */
    private static final int LOCAL_SLOTS =
            (int) Arrays.stream(USES).filter(use -> use == Use.LOCAL).count();

    private BlockPlan() {}

    static Use use(int slot) {
        return USES[slot];
    }

    /** Which directory, survivor or exchange step the slot is kept for. */
    static int number(int slot) {
        return NUMBERS[slot];
    }

    static int exchangeSlot(int exchange, int step) {
        return EXCHANGE_SLOTS[exchange][step];
    }

    static int survivorCreatedSlot(int survivor) {
        return SURVIVOR_SLOTS[survivor];
    }

    static int survivorChangedSlot(int survivor) {
        return CHANGE_SLOTS[survivor];
    }

    /** Slots of a block that files of that block alone may fill. */
    static int localSlots(long block) {
        return block == 0 ? LOCAL_SLOTS : LOCAL_SLOTS + Tree.DIRECTORIES;
    }

    private static int keep(int from, Use use, int number) {
        int slot = from;
        while (USES[slot] != Use.LOCAL) {
            slot++;
        }
        USES[slot] = use;
        NUMBERS[slot] = number;
        return slot;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

/**
 * Writes any block of one MDT's log from (seed, number of MDTs, MDT, block) alone. A block ends with every script in it
 * finished, so the next one starts from nothing. Used by one thread.
 */
final class BlockGenerator {
    private static final int ACTORS = 6;

    private final long seed;
    private final int mdt;
    private final LogBlock log;
    private final Tree tree;
    private final Survivors survivors;
    private final Exchange exchanges;
    private final Actor[] actors = new Actor[ACTORS];

    private Actor busy;
    private long blockHash;
    private long hash;
    /** Slots that are left for scripts, and how many of them the scripts under way still need. */
    private int free;

    private int promised;

    BlockGenerator(long seed, int mdts, int mdt) {
        this.seed = seed;
        this.mdt = mdt;
        log = new LogBlock(seed, mdts, mdt, new FileNames(seed, mdts, Tree.DIRECTORIES * mdts), new Workforce());
        tree = new Tree(seed);
        survivors = new Survivors(seed);
        exchanges = new Exchange(seed, mdts);
        for (int i = 0; i < ACTORS; i++) {
            actors[i] = new Actor();
        }
    }

    /** The block's records; the same object for every block, valid until the next call. */
    LogBlock generate(long block) {
        log.begin(block);
        blockHash = Mix.of(seed, mdt, block);
        hash = blockHash;
        free = BlockPlan.localSlots(block);
        promised = 0;
        for (Actor actor : actors) {
            actor.rest();
        }
        busy = actors[0];
        for (int slot = 0; slot < BlockPlan.SLOTS; slot++) {
            int number = BlockPlan.number(slot);
            switch (BlockPlan.use(slot)) {
                case LOCAL -> act();
                case TREE -> {
                    if (block == 0) {
                        tree.make(log, number);
                    } else {
                        act();
                    }
                }
                case EXCHANGE_HERE, EXCHANGE_THERE -> exchanges.write(log, block, number);
                case SURVIVOR_CREATED -> survivors.create(log, block, number);
                case SURVIVOR_CLOSED -> survivors.close(log, block, number);
                case SURVIVOR_CHANGED -> survivors.change(log, block, number);
                case SURVIVOR_REMOVED -> survivors.remove(log, block, number);
            }
        }
        if (promised != 0) {
            throw new IllegalStateException(
                    "block " + block + " ends with " + promised + " records of its scripts missing");
        }
        return log;
    }

    private void act() {
        hash = Mix.next(hash);
        long draw = Mix.finish(hash);
        if ((draw & 3) == 0) {
            busy = actors[Mix.below(draw, 0, ACTORS)];
        }
        if (busy.isResting()) {
            Script script = fitting(draw);
            if (script == null) {
                busy = anyAtWork();
            } else {
                int job = (int) (draw >>> 24) & Workforce.JOBS - 1;
                // A job works in one directory for the whole block, so that directories see bursts.
                long where = (draw >>> 30 & 3) == 0 ? draw : Mix.of(blockHash, job);
                busy.start(script, draw, job, Tree.any(mdt, where));
                promised += script.length();
            }
        }
        busy.go(log);
        promised--;
        free--;
    }

    /** A script that can end before the block does; null if all slots are promised. */
    private Script fitting(long draw) {
        int room = free - promised;
        if (room == 0) {
            return null;
        }
        Script script = Script.draw(draw);
        return script.length() <= room ? script : Script.drawFiller(draw);
    }

    private Actor anyAtWork() {
        for (Actor actor : actors) {
            if (!actor.isResting()) {
                return actor;
            }
        }
        throw new IllegalStateException("no script is under way, yet all slots are promised");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.RecordType;

/**
 * Operations over two MDTs. In every block each MDT starts {@link #COUNT} of them, and is the other MDT of as many: the
 * k-th of all MDTs go round in a circle, by a step that only depends on the block and k. Both logs work out the same
 * story from (seed, block, MDT where it starts, k), and each writes the steps that a real MDT would write: RENME and
 * HLINK where the new parent is, UNLNK and RMDIR where the inode is, MIGRT of a directory where it goes.
 */
final class Exchange {
    /** Per block and MDT. */
    static final int COUNT = 12;

    static final int STEPS = 6;

    private static final int CREAT = RecordType.CREAT.number();
    private static final int MKDIR = RecordType.MKDIR.number();
    private static final int HLINK = RecordType.HLINK.number();
    private static final int UNLNK = RecordType.UNLNK.number();
    private static final int RMDIR = RecordType.RMDIR.number();
    private static final int RENME = RecordType.RENME.number();
    private static final int CLOSE = RecordType.CLOSE.number();
    private static final int SATTR = RecordType.SATTR.number();
    private static final int XATTR = RecordType.XATTR.number();
    private static final int MIGRT = RecordType.MIGRT.number();

    private static final int LAST_LINK = 0x1;

    private enum Story {
        MOVE(false),
        LINK(false),
        REPLACE(false),
        REMOTE_DIRECTORY(true),
        MOVE_DIRECTORY(true),
        MIGRATE_DIRECTORY(true);

        private final boolean ofDirectory;

        Story(boolean ofDirectory) {
            this.ofDirectory = ofDirectory;
        }
    }

    private static final Story[] STORIES = {
        Story.MOVE,
        Story.MOVE,
        Story.MOVE,
        Story.LINK,
        Story.REPLACE,
        Story.REMOTE_DIRECTORY,
        Story.MOVE_DIRECTORY,
        Story.MIGRATE_DIRECTORY,
    };

    private final long seed;
    private final int mdts;

    private LogBlock log;
    private int job;
    private long fromDirectory;
    private long toDirectory;
    /** FIDs and names that the steps create or give, whichever log writes them. */
    private final long[] fids = new long[STEPS];

    private final long[] names = new long[STEPS];

    Exchange(long seed, int mdts) {
        this.seed = seed;
        this.mdts = mdts;
    }

    /** Steps that the other MDT writes. */
    static boolean isThere(int step) {
        return step == 1 || step == 3;
    }

    /** @param number exchange and step, as the plan numbers them */
    void write(LogBlock into, long block, int number) {
        int exchange = number / STEPS;
        int step = number % STEPS;
        int shift = mdts == 1 ? 0 : 1 + Mix.below(Mix.of(seed, block, exchange), 0, mdts - 1);
        int from = isThere(step) ? (into.mdt() - shift + mdts) % mdts : into.mdt();
        int to = (from + shift) % mdts;
        long hash = Mix.of(Mix.of(seed, block), from, exchange);
        log = into;
        job = (int) (hash >>> 20) & Workforce.JOBS - 1;
        fromDirectory = Tree.any(from, hash);
        toDirectory = Tree.any(to, Long.rotateLeft(hash, 24));
        Story story = STORIES[(int) hash & STORIES.length - 1];
        for (int other = 0; other < STEPS; other++) {
            long at = block * BlockPlan.SLOTS + BlockPlan.exchangeSlot(exchange, other);
            int mdt = isThere(other) ? to : from;
            fids[other] = SimulatedFid.of(mdt, at, Workforce.client(job));
            names[other] = story.ofDirectory ? into.directoryNameGivenAt(mdt, at) : into.nameGivenAt(mdt, at);
        }
        switch (story) {
            case MOVE -> move(step);
            case LINK -> link(step);
            case REPLACE -> replace(step);
            case REMOTE_DIRECTORY -> remoteDirectory(step);
            case MOVE_DIRECTORY -> moveDirectory(step);
            case MIGRATE_DIRECTORY -> migrateDirectory(step);
        }
    }

    private void move(int step) {
        switch (step) {
            case 0 -> log.name(CREAT, 0, fids[0], fromDirectory, names[0], job);
            case 1 -> other(toDirectory);
            case 2 -> log.plain(CLOSE, 0x42, fids[0], fromDirectory, job);
            case 3 -> rename(SimulatedFid.NONE, 0, names[3]);
            case 4 -> log.plain(SATTR, 0x14, fids[0], toDirectory, job);
            default -> log.name(UNLNK, LAST_LINK, fids[0], toDirectory, names[3], job);
        }
    }

    private void link(int step) {
        switch (step) {
            case 3 -> log.name(HLINK, 0, fids[0], toDirectory, names[3], job);
            case 4 -> log.name(UNLNK, 0, fids[0], fromDirectory, names[0], job);
            default -> move(step);
        }
    }

    private void replace(int step) {
        switch (step) {
            case 1 -> log.name(CREAT, 0, fids[1], toDirectory, names[1], job);
            case 3 -> rename(fids[1], LAST_LINK, names[1]);
            case 5 -> log.name(UNLNK, LAST_LINK, fids[0], toDirectory, names[1], job);
            default -> move(step);
        }
    }

    private void remoteDirectory(int step) {
        switch (step) {
            case 1 -> log.name(MKDIR, 0, fids[1], fromDirectory, names[1], job);
            case 3 -> log.name(RMDIR, LAST_LINK, fids[1], fromDirectory, names[1], job);
            default -> other(fromDirectory);
        }
    }

    private void moveDirectory(int step) {
        switch (step) {
            case 0 -> log.name(MKDIR, 0, fids[0], fromDirectory, names[0], job);
            case 2 -> log.xattr(XATTR, fids[0], fromDirectory, job);
            case 5 -> log.name(RMDIR, LAST_LINK, fids[0], toDirectory, names[3], job);
            default -> move(step);
        }
    }

    /** The directory gets another FID without CREAT or UNLNK, and stays under it for ever. */
    private void migrateDirectory(int step) {
        switch (step) {
            case 0 -> log.name(MKDIR, 0, fids[0], fromDirectory, names[0], job);
            case 1 -> other(toDirectory);
            case 2 -> log.plain(SATTR, 0x14, fids[0], fromDirectory, job);
            case 3 -> log.rename(MIGRT, 0, fids[3], fromDirectory, names[0], fids[0], fromDirectory, names[0], job);
            default -> other(fromDirectory);
        }
    }

    private void rename(long replaced, int flags, long newName) {
        log.rename(RENME, flags, replaced, toDirectory, newName, fids[0], fromDirectory, names[0], job);
    }

    /** A step in which this story has nothing to write. */
    private void other(long directory) {
        log.plain(SATTR, 0x14, directory, SimulatedFid.NONE, job);
    }
}

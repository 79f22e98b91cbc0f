// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.RecordType;

/**
 * The directories of one MDT that are made in its first block and live for ever: everything else happens in them, so
 * they grow. The first hangs below the root of the file system (a remote directory on all MDTs but MDT0000), most
 * others somewhere below it, the last sixteen one in the other.
 */
final class Tree {
    static final int DIRECTORIES = 64;

    private static final int MKDIR = RecordType.MKDIR.number();
    private static final int ROOT_JOB = 9;
    private static final int CHAIN = 16;

    private final long seed;

    Tree(long seed) {
        this.seed = seed;
    }

    static long directory(int mdt, int number) {
        return SimulatedFid.of(mdt, number, Workforce.client(ROOT_JOB));
    }

    /** One of them; {@code hash} chooses. The first eight are busier than the others. */
    static long any(int mdt, long hash) {
        return directory(mdt, (hash >>> 50 & 3) == 0 ? (int) (hash >>> 52 & 63) : (int) (hash >>> 52 & 7));
    }

    void make(LogBlock log, int number) {
        long fid = log.newFid(Workforce.client(ROOT_JOB));
        log.name(MKDIR, 0, fid, parent(log.mdt(), number), log.newDirectoryName(), ROOT_JOB);
    }

    private long parent(int mdt, int number) {
        if (number == 0) {
            return SimulatedFid.ROOT;
        }
        if (number >= DIRECTORIES - CHAIN) {
            return directory(mdt, number - 1);
        }
        return directory(mdt, Mix.below(Mix.of(seed, mdt, number), 0, number));
    }
}

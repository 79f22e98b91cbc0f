// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import io.github.camellustre.changelog.RecordType;

/**
 * Files that outlive their block: created and closed in one, changed or renamed in the next, removed {@link #LIFE}
 * blocks later (one in eight stays for ever). All that a later block needs follows from the number of the block that
 * made them.
 */
final class Survivors {
    /** Per block. */
    static final int COUNT = 16;

    static final int LIFE = 16;

    private static final int CREAT = RecordType.CREAT.number();
    private static final int CLOSE = RecordType.CLOSE.number();
    private static final int UNLNK = RecordType.UNLNK.number();
    private static final int RENME = RecordType.RENME.number();
    private static final int SATTR = RecordType.SATTR.number();
    private static final int TRUNC = RecordType.TRUNC.number();
    private static final int ATIME = RecordType.ATIME.number();
    private static final int XATTR = RecordType.XATTR.number();
    private static final int GXATR = RecordType.GXATR.number();

    private final long seed;

    Survivors(long seed) {
        this.seed = seed;
    }

    void create(LogBlock log, long block, int survivor) {
        long hash = hash(log, block, survivor);
        log.name(CREAT, 0, fid(log, block, survivor, hash), firstParent(log, hash), log.newName(), job(hash));
    }

    void close(LogBlock log, long block, int survivor) {
        long hash = hash(log, block, survivor);
        log.plain(CLOSE, 0x42, fid(log, block, survivor, hash), firstParent(log, hash), job(hash));
    }

    void change(LogBlock log, long block, int survivor) {
        long made = block - 1;
        if (made < 0) {
            idle(log, survivor);
            return;
        }
        long hash = hash(log, made, survivor);
        long fid = fid(log, made, survivor, hash);
        long parent = firstParent(log, hash);
        if (isRenamed(hash)) {
            long oldName = firstName(log, made, survivor);
            log.rename(
                    RENME,
                    0,
                    SimulatedFid.NONE,
                    laterParent(log, hash),
                    log.newName(),
                    fid,
                    parent,
                    oldName,
                    job(hash));
            return;
        }
        switch ((int) (hash >>> 8 & 7)) {
            case 0, 1 -> log.plain(SATTR, 0x14, fid, parent, job(hash));
            case 2 -> log.plain(SATTR, 0xe4, fid, parent, job(hash));
            case 3 -> log.plain(TRUNC, 0xe, fid, parent, job(hash));
            case 4 -> log.plain(ATIME, 0x4, fid, parent, job(hash));
            case 5 -> log.xattr(GXATR, fid, parent, job(hash));
            default -> log.xattr(XATTR, fid, parent, job(hash));
        }
    }

    void remove(LogBlock log, long block, int survivor) {
        long made = block - LIFE;
        if (made < 0) {
            idle(log, survivor);
            return;
        }
        long hash = hash(log, made, survivor);
        long fid = fid(log, made, survivor, hash);
        boolean renamed = isRenamed(hash);
        long parent = renamed ? laterParent(log, hash) : firstParent(log, hash);
        if ((hash >>> 16 & 7) == 0) {
            log.plain(SATTR, 0x14, fid, parent, job(hash));
            return;
        }
        long name = renamed
                ? log.nameGivenAt(log.mdt(), (made + 1) * BlockPlan.SLOTS + BlockPlan.survivorChangedSlot(survivor))
                : firstName(log, made, survivor);
        log.name(UNLNK, 0x1, fid, parent, name, job(hash));
    }

    /** What happens instead while there is no such file yet. */
    private void idle(LogBlock log, int survivor) {
        log.plain(SATTR, 0x14, Tree.directory(log.mdt(), survivor), SimulatedFid.NONE, 7);
    }

    private long hash(LogBlock log, long block, int survivor) {
        return Mix.of(seed, log.mdt(), block, survivor);
    }

    private static int job(long hash) {
        return (int) (hash >>> 20) & Workforce.JOBS - 1;
    }

    private static boolean isRenamed(long hash) {
        return (hash & 3) == 0;
    }

    private static long fid(LogBlock log, long block, int survivor, long hash) {
        long number = block * BlockPlan.SLOTS + BlockPlan.survivorCreatedSlot(survivor);
        return SimulatedFid.of(log.mdt(), number, Workforce.client(job(hash)));
    }

    private static long firstName(LogBlock log, long block, int survivor) {
        return log.nameGivenAt(log.mdt(), block * BlockPlan.SLOTS + BlockPlan.survivorCreatedSlot(survivor));
    }

    private static long firstParent(LogBlock log, long hash) {
        return Tree.any(log.mdt(), hash);
    }

    private static long laterParent(LogBlock log, long hash) {
        return Tree.any(log.mdt(), Long.rotateLeft(hash, 24));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@link BlockPlan#SLOTS} consecutive records of one MDT's log as read(2) gives them (with NID_BE): reused for one
 * block after the other, nothing is allocated per record. Each method writes one record into the next slot.
 */
final class LogBlock {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int HEADER = 64;
    /** Above the largest record: header, rename, tail, xattr name or two file names. */
    private static final int ROOM = 1_024;

    private static final int VERSION = 0x1000;
    private static final int RENAME = 0x2000;
    private static final int JOBID = 0x4000;
    private static final int EXTRA = 0x8000;

    /** 2026-01-01 00:00:00 UTC: the stream is the same whenever it is played, so its clock is its own. */
    private static final long FIRST_SECOND = 1_767_225_600L;

    private static final long NANOS_PER_SLOT = 1_000_000L;

    private static final byte[] SERVER_TAIL = Workforce.serverTail();
    private static final int XATTR_SIZE = 256;
    private static final byte[][] XATTRS = Arrays.stream(new String[] {
                "user.job",
                "user.one",
                "system.posix_acl_access",
                "system.posix_acl_default",
                "security.selinux",
                "trusted.lov",
                "user.\u00fc",
                "user.checksum.sha256",
            })
            .map(name -> name.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    private final long seed;
    private final int mdts;
    private final int mdt;
    private final FileNames names;
    private final Workforce workforce;
    private final int[] starts = new int[BlockPlan.SLOTS + 1];
    private final byte[][] batchNumbers = new byte[Workforce.JOBS][6];
    private byte[] bytes = new byte[256 * 1_024];
    private int slot;
    private long firstNumber;
    private long hash;

    LogBlock(long seed, int mdts, int mdt, FileNames names, Workforce workforce) {
        this.seed = seed;
        this.mdts = mdts;
        this.mdt = mdt;
        this.names = names;
        this.workforce = workforce;
    }

    /** Forgets the records and starts with those of another block. */
    void begin(long block) {
        slot = 0;
        firstNumber = block * BlockPlan.SLOTS;
        for (int job = Workforce.FIRST_BATCH_JOB; job < Workforce.JOBS; job++) {
            long number = 100_000L + Mix.below(Mix.of(seed, block >>> 4, job), 0, 900_000);
            FileNames.decimal(number, batchNumbers[job], 0);
        }
        hash = Mix.of(seed, mdt, block, 'h');
    }

    int mdt() {
        return mdt;
    }

    /** The slot that is written next. */
    int slot() {
        return slot;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the record of that slot starts, or for the slot behind the last the end of all. */
    int start(int ofSlot) {
        return starts[ofSlot];
    }

    /** FID of the object that the record in the next slot creates. */
    long newFid(int client) {
        return SimulatedFid.of(mdt, firstNumber + slot, client);
    }

    /** Number of the name that the record in the next slot gives to a file. */
    long newName() {
        return nameGivenAt(mdt, firstNumber + slot);
    }

    /** Number of the name that the record in the next slot gives to a directory. */
    long newDirectoryName() {
        return directoryNameGivenAt(mdt, firstNumber + slot);
    }

    /** Number of the name that the record with that number (index - 1) in the log of {@code givingMdt} gives. */
    long nameGivenAt(int givingMdt, long number) {
        return FileNames.file(number * mdts + givingMdt);
    }

    long directoryNameGivenAt(int givingMdt, long number) {
        return FileNames.directory(number * mdts + givingMdt);
    }

    /** A record that changes a directory: its parent and name can be trusted. */
    void name(int type, int flags, long fid, long parent, long name, int job) {
        int at = begin(type, VERSION | JOBID | EXTRA | flags, fid, parent);
        int nameAt = tail(at + HEADER, job, Workforce.EXTRA_PLAIN);
        end(at, nameAt, names.write(name, bytes, nameAt));
    }

    /** RENME or MIGRT. {@code replaced} is what was overwritten (or the new FID), else {@link SimulatedFid#NONE}. */
    void rename(int type, int flags, long replaced, long to, long newName, long fid, long from, long oldName, int job) {
        int at = begin(type, RENAME | JOBID | EXTRA | flags, replaced, to);
        SimulatedFid.write(fid, bytes, at + HEADER);
        SimulatedFid.write(from, bytes, at + HEADER + 16);
        int nameAt = tail(at + HEADER + 32, job, Workforce.EXTRA_PLAIN);
        int end = names.write(newName, bytes, nameAt);
        bytes[end++] = 0;
        end(at, nameAt, names.write(oldName, bytes, end));
    }

    /** A record about one object. Its parent is not to be trusted: nothing, the right one, or another's. */
    void plain(int type, int flags, long fid, long parent, int job) {
        int at = begin(type, VERSION | JOBID | EXTRA | flags, fid, leftover(parent));
        int end = tail(at + HEADER, job, Workforce.EXTRA_PLAIN);
        end(at, end, end);
    }

    /** OPEN or NOPEN: the open flags repeat the record's own. */
    void open(int type, int flags, long fid, long parent, int job) {
        int allFlags = VERSION | JOBID | EXTRA | flags;
        int at = begin(type, allFlags, fid, leftover(parent));
        int openAt = tail(at + HEADER, job, Workforce.EXTRA_OPEN);
        INT.set(bytes, openAt, allFlags);
        end(at, openAt + 4, openAt + 4);
    }

    /** XATTR or GXATR. */
    void xattr(int type, long fid, long parent, int job) {
        int at = begin(type, VERSION | JOBID | EXTRA, fid, leftover(parent));
        int xattrAt = tail(at + HEADER, job, Workforce.EXTRA_XATTR);
        byte[] xattr = XATTRS[(int) (hash >>> 40) & XATTRS.length - 1];
        int end = xattrAt + XATTR_SIZE;
        Arrays.fill(bytes, xattrAt + xattr.length, end, (byte) 0);
        System.arraycopy(xattr, 0, bytes, xattrAt, xattr.length);
        end(at, end, end);
    }

    /** A record that the server made by itself: it has no JOBID and nobody's ids. */
    void server(int type, int flags, long fid, long parent) {
        int at = begin(type, VERSION | EXTRA | flags, fid, leftover(parent));
        System.arraycopy(SERVER_TAIL, 0, bytes, at + HEADER, SERVER_TAIL.length);
        int end = at + HEADER + SERVER_TAIL.length;
        end(at, end, end);
    }

    private int begin(int type, int flags, long fid, long parent) {
        int at = starts[slot];
        if (bytes.length - at < ROOM) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        hash = Mix.next(hash);
        long mixed = Mix.finish(hash);
        long number = firstNumber + slot;
        long nanos = number % 1_000 * NANOS_PER_SLOT + Mix.below(mixed, 0, (int) NANOS_PER_SLOT);
        SHORT.set(bytes, at + 2, (short) flags);
        INT.set(bytes, at + 4, type);
        LONG.set(bytes, at + 8, number + 1);
        LONG.set(bytes, at + 16, 0L);
        LONG.set(bytes, at + 24, FIRST_SECOND + number / 1_000 << 30 | nanos);
        SimulatedFid.write(fid, bytes, at + 32);
        SimulatedFid.write(parent, bytes, at + 48);
        return at;
    }

    private int tail(int at, int job, int extraFlags) {
        System.arraycopy(workforce.tail(job), 0, bytes, at, Workforce.TAIL);
        if (job >= Workforce.FIRST_BATCH_JOB) {
            System.arraycopy(batchNumbers[job], 0, bytes, at + workforce.batchNumberAt(job), 6);
        }
        bytes[at + Workforce.EXTRA_FLAGS] = (byte) extraFlags;
        return at + Workforce.TAIL;
    }

    private void end(int at, int nameAt, int end) {
        SHORT.set(bytes, at, (short) (end - nameAt));
        starts[++slot] = end;
    }

    /** What the parent FID of a record is worth in which the server does not care for it. */
    private long leftover(long parent) {
        return switch ((int) (hash >>> 60) & 7) {
            case 0, 1, 2 -> parent;
            case 3 -> Tree.directory(mdt, (int) (hash >>> 44) & 31);
            default -> SimulatedFid.NONE;
        };
    }
}

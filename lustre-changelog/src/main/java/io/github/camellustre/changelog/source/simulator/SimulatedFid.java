// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * FIDs as one {@code long}, so that the generator needs no objects: the number that the object has on its MDT (above),
 * the MDT (8 bits), and the client whose FID sequence it comes from (4 bits). As on a real file system each MDT has its
 * range of sequences, each client its own sequences in it, and a sequence is used up after some 130,000 objects.
 */
final class SimulatedFid {
    static final int MOST_MDTS = 256;
    static final int CLIENTS = 16;

    static final long NONE = -1;
    /** Root of the file system, on MDT0000. */
    static final long ROOT = -2;

    private static final long ROOT_SEQUENCE = 0x200000007L;
    private static final long FIRST_SEQUENCE = 0x200000402L;
    private static final long SEQUENCES_PER_MDT = 0x40000000L;
    private static final long OBJECTS_PER_SEQUENCE = 0x1f000;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private SimulatedFid() {}

    /** @param number counts the objects of one MDT; no two objects share one */
    static long of(int mdt, long number, int client) {
        return number << 12 | (long) mdt << 4 | client;
    }

    /** Writes the 16 bytes of {@code struct lu_fid}. */
    static void write(long fid, byte[] bytes, int at) {
        long sequence;
        long object;
        if (fid == NONE) {
            sequence = 0;
            object = 0;
        } else if (fid == ROOT) {
            sequence = ROOT_SEQUENCE;
            object = 1;
        } else {
            long number = fid >>> 12;
            sequence = FIRST_SEQUENCE
                    + (fid >>> 4 & 0xff) * SEQUENCES_PER_MDT
                    + (fid & 0xf)
                    + number / OBJECTS_PER_SEQUENCE * CLIENTS;
            object = number % OBJECTS_PER_SEQUENCE + 1;
        }
        LONG.set(bytes, at, sequence);
        LONG.set(bytes, at + 8, object);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Who works on the file system: jobs with their users and the clients that they run on, each kept as the bytes that
 * follow a record's header, so that writing them is one copy: JOBID, extra flags, UIDGID, NID.
 */
final class Workforce {
    static final int JOBS = 32;
    /** Jobs from here on carry a batch number, which changes as time goes by. */
    static final int FIRST_BATCH_JOB = 20;

    static final int TAIL = 32 + 8 + 16 + 24;
    /** Where the extra flags lie in a tail. */
    static final int EXTRA_FLAGS = 32;

    static final int EXTRA_PLAIN = 0x13;
    static final int EXTRA_OPEN = 0x17;
    static final int EXTRA_XATTR = 0x1b;

    /** Jobs as jobid_var=procname_uid names them, with the uid and gid that goes with each. */
    private static final String[] NAMES = {
        "dd.1000",
        "cp.1001",
        "rsync.1002",
        "python3.1003",
        "tar.0",
        "rm.1001",
        "mv.1000",
        "bash.0",
        "lhsmtool_posix.0",
        "lfs.0",
        "touch.65534",
        "my job.1004",
        "a very long pro.0",
        "gmx_mpi.1005",
        "h5repack.70000",
        "ior.3000000000",
        "user:app=x.1006",
        "python3.1007",
        "icon.1008",
        "abcdefghijklmno.1234567890abcde",
    };

    private static final long[] UIDS = {
        1000,
        1001,
        1002,
        1003,
        0,
        1001,
        1000,
        0,
        0,
        0,
        65534,
        1004,
        0,
        1005,
        70000,
        3000000000L,
        1006,
        1007,
        1008,
        1009,
        2000,
        2001,
        2002,
        2003,
        2004,
        2005,
        2006,
        2007,
        2008,
        2009,
        2010,
        2011,
    };
    private static final String[] BATCH = {"slurm-", "", "job "};

    private final byte[][] tails = new byte[JOBS][];
    private final int[] batchNumberAt = new int[JOBS];

    Workforce() {
        for (int job = 0; job < JOBS; job++) {
            String name;
            if (job < FIRST_BATCH_JOB) {
                name = NAMES[job];
            } else {
                String before = BATCH[job % BATCH.length];
                batchNumberAt[job] = before.length();
                name = before + "000000" + (job % 2 == 0 ? "" : "." + job % 4);
            }
            tails[job] = tail(name, UIDS[job], UIDS[job] == 0 ? 0 : 2000 + job / 8, client(job), job % 2 == 0);
        }
    }

    /** The client that a job runs on, below {@link SimulatedFid#CLIENTS}. */
    static int client(int job) {
        return job % SimulatedFid.CLIENTS;
    }

    byte[] tail(int job) {
        return tails[job];
    }

    /** Where in the JOBID the six digits of the batch number lie. */
    int batchNumberAt(int job) {
        return batchNumberAt[job];
    }

    /** What follows the header where the server itself made the record: no JOBID, nobody, no NID. */
    static byte[] serverTail() {
        byte[] tail = new byte[TAIL - EXTRA_FLAGS];
        tail[0] = EXTRA_PLAIN;
        return tail;
    }

    /** Real records carry rubbish behind the NUL of a JOBID: whoever prints or compares it must notice here. */
    private static byte[] tail(String job, long uid, long gid, int client, boolean rubbish) {
        ByteBuffer tail = ByteBuffer.allocate(TAIL).order(ByteOrder.LITTLE_ENDIAN);
        byte[] name = job.getBytes(StandardCharsets.US_ASCII);
        tail.put(name).put((byte) 0);
        if (rubbish && tail.position() < 30) {
            tail.put((byte) '.').put((byte) '0');
        }
        tail.position(EXTRA_FLAGS);
        tail.putLong(EXTRA_PLAIN).putLong(uid).putLong(gid).put(nid(client));
        return tail.array();
    }

    /** {@code struct lnet_nid}: address bytes beyond 4, type, network number and address in network order. */
    private static byte[] nid(int client) {
        ByteBuffer nid = ByteBuffer.allocate(24);
        if (client < 8) {
            nid.put((byte) 0).put((byte) 2).putShort((short) 0).putInt(0x0a000210 + client);
        } else if (client < 12) {
            nid.put((byte) 0).put((byte) 5).putShort((short) (client & 1)).putInt(0xc0a80a00 + client);
        } else if (client < 14) {
            nid.put((byte) 0).put((byte) 2).putShort((short) 1).putInt(0xac100000 + client);
        } else if (client == 14) {
            nid.put((byte) 12).put((byte) 2).putShort((short) 2).put(address("fd77:0:0:0:0:0:0:2"));
        } else {
            nid.put((byte) 12).put((byte) 2).putShort((short) 0).put(address("2001:db8:0:1:225:90ff:fec7:15d"));
        }
        return nid.array();
    }

    private static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(literal, e);
        }
    }
}

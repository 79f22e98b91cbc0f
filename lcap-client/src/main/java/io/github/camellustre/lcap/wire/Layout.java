// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/** Where the fields of requests and answers lie. Little endian, packed. */
final class Layout {
    static final int START = 0;
    static final int DEQUEUE = 1;
    static final int CLEAR = 2;
    static final int FINI = 3;
    static final int ENQUEUE = 4;
    static final int ACK = 5;
    static final int SETOPT = 7;

    /** The op and a reserved word. */
    static final int HEAD = 8;

    static final int START_FLAGS = 8;
    static final int START_INDEX = 16;
    static final int START_NAME = 24;
    static final int START_NAME_SIZE = 128;
    static final int START_SIZE = START_NAME + START_NAME_SIZE;

    static final int CLEAR_INDEX = 8;
    static final int CLEAR_LEAST = 16;
    /** With the length of the user id and MDT behind it, without which lcapd does not take it. */
    static final int CLEAR_SIZE = 20;

    static final int SETOPT_OPTION = 8;
    static final int SETOPT_LENGTH = 12;
    static final int SETOPT_VALUE = 16;
    static final int FILTER = 1;
    static final int BATCH = 2;
    static final int LEASE = 3;

    static final int ACK_CODE = 8;
    static final int ACK_SIZE = 12;
    static final int ENQUEUE_COUNT = 8;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Layout() {}

    static int u32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long u64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void u32(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void u64(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /** So many bytes, of which the first say what they are. */
    static byte[] message(int op, int size) {
        byte[] bytes = new byte[size];
        u32(bytes, 0, op);
        return bytes;
    }

    /** The frame itself if there is but one. */
    static byte[] join(List<byte[]> frames) {
        if (frames.size() == 1) {
            return frames.get(0);
        }
        byte[] joined = new byte[frames.stream().mapToInt(frame -> frame.length).sum()];
        int at = 0;
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, joined, at, frame.length);
            at += frame.length;
        }
        return joined;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordFormatException;
import java.util.Arrays;
import java.util.List;

/** What a server answers to a {@link Request}. */
public sealed interface Answer permits Answer.Ack, Answer.Records {
    /** An answer is below 8 MiB, the room that liblcapclient has for one. */
    int MAX_BYTES = (8 << 20) - 1;

    /**
     * Reads an answer. Records are checked all, and framed in the bytes that came: nothing is made per record.
     *
     * @param mdt whose session it is
     * @param frames as they came; empty ones are skipped
     * @throws AnswerException naming the MDT and what is wrong
     */
    static Answer decode(String mdt, List<byte[]> frames) throws AnswerException {
        List<byte[]> filled = frames.stream().filter(frame -> frame.length > 0).toList();
        long size = filled.stream().mapToLong(frame -> frame.length).sum();
        if (size < Layout.ACK_SIZE || size > MAX_BYTES) {
            throw new AnswerException(mdt, size + " bytes; from " + Layout.ACK_SIZE + " to " + MAX_BYTES, null);
        }
        // a head of its own: what follows is the records, and is not copied twice, nor at all if it is one frame
        if (filled.size() > 1 && filled.get(0).length == Records.HEAD_BYTES) {
            return decode(mdt, filled.get(0), Layout.join(filled.subList(1, filled.size())));
        }
        byte[] bytes = Layout.join(filled);
        return decode(mdt, bytes, Arrays.copyOfRange(bytes, Records.HEAD_BYTES, bytes.length));
    }

    private static Answer decode(String mdt, byte[] head, byte[] rest) throws AnswerException {
        int op = Layout.u32(head, 0);
        if (op == Layout.ACK && rest.length == 0) {
            return new Ack(Layout.u32(head, Layout.ACK_CODE));
        }
        if (op != Layout.ENQUEUE) {
            throw new AnswerException(
                    mdt,
                    "op " + Integer.toUnsignedString(op) + " with " + (Records.HEAD_BYTES + rest.length) + " bytes",
                    null);
        }
        long count = Integer.toUnsignedLong(Layout.u32(head, Layout.ENQUEUE_COUNT));
        RecordBlock block;
        try {
            block = RecordBlock.frame(mdt, rest);
        } catch (RecordFormatException e) {
            throw new AnswerException(mdt, e.getMessage(), e);
        }
        if (block.isEmpty() || block.count() != count) {
            throw new AnswerException(
                    mdt, "announced are " + count + " records, " + block.count() + " are there", null);
        }
        return new Records(block);
    }

    /**
     * All that is not records.
     *
     * @param code see {@link ReturnCode}
     */
    record Ack(int code) implements Answer {
        public byte[] encode() {
            byte[] bytes = Layout.message(Layout.ACK, Layout.ACK_SIZE);
            Layout.u32(bytes, Layout.ACK_CODE, code);
            return bytes;
        }
    }

    /**
     * ENQUEUE: a batch, which is the reader's now.
     *
     * @param block one record at least
     */
    record Records(RecordBlock block) implements Answer {
        /** What goes before the records, in one frame with them or in one of its own. */
        public static final int HEAD_BYTES = 12;

        /** Writes what goes before so many records to the front of {@code into}; the records go behind it as they are. */
        public static void writeHead(byte[] into, int count) {
            Layout.u32(into, 0, Layout.ENQUEUE);
            Layout.u32(into, 4, 0);
            Layout.u32(into, Layout.ENQUEUE_COUNT, count);
        }
    }
}

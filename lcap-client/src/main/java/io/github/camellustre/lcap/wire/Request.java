// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

/** What a reader asks of the server. Each request gets exactly one {@link Answer}. */
public sealed interface Request permits Start, Request.Dequeue, Request.Clear, Request.Fini, Option {

    /** As on the wire, without envelope. */
    byte[] encode();

    /**
     * @throws RequestException with the code to answer: -71 for less than a head, -22 for a head without what its op
     *     asks for, for an op that is none of a reader's and for a value that is not possible
     */
    static Request decode(byte[] bytes) throws RequestException {
        return RequestDecoder.decode(bytes);
    }

    /** The next batch, answered by records, or by {@link ReturnCode#NOTHING_NOW}. */
    record Dequeue() implements Request {
        @Override
        public byte[] encode() {
            return Layout.message(Layout.DEQUEUE, Layout.HEAD);
        }
    }

    /**
     * Acknowledges the batch in hand up to an index.
     *
     * @param index the batch's last, one beyond it, or 0: all of it. Negative: never possible, but decoded, because
     *     what is answered to it depends on the session
     */
    record Clear(long index) implements Request {
        @Override
        public byte[] encode() {
            byte[] bytes = Layout.message(Layout.CLEAR, Layout.CLEAR_SIZE);
            Layout.u64(bytes, Layout.CLEAR_INDEX, index);
            return bytes;
        }
    }

    /** Ends the session. A batch in hand goes to another reader. */
    record Fini() implements Request {
        @Override
        public byte[] encode() {
            return Layout.message(Layout.FINI, Layout.HEAD);
        }
    }
}

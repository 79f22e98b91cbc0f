// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads what a peer sent, who may be anybody. */
final class RequestDecoder {

    private RequestDecoder() {}

    static Request decode(byte[] bytes) throws RequestException {
        if (bytes.length < Layout.HEAD) {
            throw new RequestException(
                    ReturnCode.EPROTO, "a request of " + bytes.length + " bytes: its head alone has " + Layout.HEAD);
        }
        int op = Layout.u32(bytes, 0);
        return switch (op) {
            case Layout.START -> Start.decode(atLeast(bytes, Layout.START_SIZE, "START"));
            case Layout.DEQUEUE -> new Request.Dequeue();
            case Layout.CLEAR ->
                new Request.Clear(Layout.u64(atLeast(bytes, Layout.CLEAR_LEAST, "CLEAR"), Layout.CLEAR_INDEX));
            case Layout.FINI -> new Request.Fini();
            case Layout.SETOPT -> option(atLeast(bytes, Layout.SETOPT_VALUE, "SETOPT"));
            default -> throw invalid("op " + Integer.toUnsignedString(op) + " is none of a reader's");
        };
    }

    private static Option option(byte[] bytes) throws RequestException {
        int option = Layout.u32(bytes, Layout.SETOPT_OPTION);
        long length = Integer.toUnsignedLong(Layout.u32(bytes, Layout.SETOPT_LENGTH));
        if (length > bytes.length - Layout.SETOPT_VALUE) {
            throw invalid("SETOPT: a value of " + length + " bytes, of which " + (bytes.length - Layout.SETOPT_VALUE)
                    + " are there");
        }
        try {
            return switch (option) {
                case Layout.FILTER -> new Option.Filter(text(bytes, (int) length));
                // a batch that no int holds is beyond every bound
                case Layout.BATCH -> new Option.Batch((int) Math.min(number(bytes, length), Integer.MAX_VALUE));
                case Layout.LEASE -> new Option.Lease(Duration.ofSeconds(number(bytes, length)));
                default -> throw invalid("SETOPT: unknown option " + Integer.toUnsignedString(option));
            };
        } catch (IllegalArgumentException e) {
            throw invalid("SETOPT: " + e.getMessage());
        }
    }

    private static long number(byte[] bytes, long length) throws RequestException {
        if (length != Integer.BYTES) {
            throw invalid("SETOPT: a number of " + length + " bytes, not " + Integer.BYTES);
        }
        return Integer.toUnsignedLong(Layout.u32(bytes, Layout.SETOPT_VALUE));
    }

    private static String text(byte[] bytes, int length) throws RequestException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, Layout.SETOPT_VALUE, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("SETOPT: the filter is not UTF-8");
        }
    }

    private static byte[] atLeast(byte[] bytes, int size, String op) throws RequestException {
        if (bytes.length < size) {
            throw invalid(op + " of " + bytes.length + " bytes, not " + size);
        }
        return bytes;
    }

    private static RequestException invalid(String problem) {
        return new RequestException(ReturnCode.EINVAL, problem);
    }
}

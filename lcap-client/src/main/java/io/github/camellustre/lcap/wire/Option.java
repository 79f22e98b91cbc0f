// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** SETOPT, a request of ours: an option of a session, which holds from the next DEQUEUE on. */
public sealed interface Option extends Request permits Option.Filter, Option.Batch, Option.Lease {

    /**
     * Records that the filter does not match are not sent, and count as acknowledged. One for all readers of a group.
     *
     * @param text in the language of record filters; empty: all
     */
    record Filter(String text) implements Option {
        @Override
        public byte[] encode() {
            byte[] value = text.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = option(Layout.FILTER, value.length);
            System.arraycopy(value, 0, bytes, Layout.SETOPT_VALUE, value.length);
            return bytes;
        }
    }

    /**
     * At most so many records in one batch, within the server's bounds.
     *
     * @param records positive
     */
    record Batch(int records) implements Option {
        public Batch {
            if (records < 1) {
                throw new IllegalArgumentException("no batch of " + records + " records: 1 at least");
            }
        }

        @Override
        public byte[] encode() {
            byte[] bytes = option(Layout.BATCH, Integer.BYTES);
            Layout.u32(bytes, Layout.SETOPT_VALUE, records);
            return bytes;
        }
    }

    /** How long a batch is this reader's without a request of it: whole seconds, up to an hour. */
    record Lease(Duration time) implements Option {
        public static final Duration LEAST = Duration.ofSeconds(1);
        public static final Duration MOST = Duration.ofHours(1);

        public Lease {
            if (time.compareTo(LEAST) < 0
                    || time.compareTo(MOST) > 0
                    || !time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
                throw new IllegalArgumentException("no lease of " + time.toMillis() + " ms: whole seconds from "
                        + LEAST.toSeconds() + " to " + MOST.toSeconds());
            }
        }

        @Override
        public byte[] encode() {
            byte[] bytes = option(Layout.LEASE, Integer.BYTES);
            Layout.u32(bytes, Layout.SETOPT_VALUE, (int) time.toSeconds());
            return bytes;
        }
    }

    private static byte[] option(int option, int length) {
        byte[] bytes = Layout.message(Layout.SETOPT, Layout.SETOPT_VALUE + length);
        Layout.u32(bytes, Layout.SETOPT_OPTION, option);
        Layout.u32(bytes, Layout.SETOPT_LENGTH, length);
        return bytes;
    }
}

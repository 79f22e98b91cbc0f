// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.ExtraFlags;
import java.time.Duration;

/**
 * How MDTs are read.
 *
 * @param readRecords most records of one read
 * @param readBytes most bytes of one read
 * @param extraFlags which extra fields of the records are kept
 * @param backoff wait after a first error; doubles with each further one
 * @param maxBackoff longest wait between two attempts
 * @param logCheck longest time without records before it is looked whether the MDT's log is still the same
 * @param discovery time between two looks for MDTs that are new
 * @param stopTimeout how long a stop waits for a clear that is under way
 */
public record ReaderOptions(
        int readRecords,
        int readBytes,
        ExtraFlags extraFlags,
        Duration backoff,
        Duration maxBackoff,
        Duration logCheck,
        Duration discovery,
        Duration stopTimeout) {

    /** Blocks stay below half a region of G1 in a small heap: greater ones would each be a humongous object. */
    public static final ReaderOptions DEFAULT = new ReaderOptions(
            4_096,
            256 << 10,
            ExtraFlags.ALL,
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
}

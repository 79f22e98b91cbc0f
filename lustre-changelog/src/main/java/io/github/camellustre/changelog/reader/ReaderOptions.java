// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.reader;

import io.github.camellustre.changelog.RecordFormat;
import java.time.Duration;

/**
 * How MDTs are read.
 *
 * @param readRecords most records of one read
 * @param readBytes most bytes of one read
 * @param format which optional fields of the records are kept
 * @param backoff wait after a first error; doubles with each further one
 * @param maxBackoff longest wait between two attempts
 * @param logCheck longest time without records before it is looked whether the MDT's log is still the same
 * @param discovery time between two looks for MDTs that are new
 * @param stopTimeout how long a stop waits for a clear that is under way
 */
public record ReaderOptions(
        int readRecords,
        int readBytes,
        RecordFormat format,
        Duration backoff,
        Duration maxBackoff,
        Duration logCheck,
        Duration discovery,
        Duration stopTimeout) {

    /** Blocks stay below half a region of G1 in a small heap: greater ones would each be a humongous object. */
    public static final ReaderOptions DEFAULT = new ReaderOptions(
            4_096,
            256 << 10,
            RecordFormat.RAW,
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceOptions;
import java.time.Duration;

/**
 * How new records are waited for once all that was there has been read.
 *
 * @param follow keeps the changelog open, and the kernel looks once a second; else it is closed, and opened again
 * @param pollInterval time from the end of the log to the next opening
 * @param patience longest time without an answer of the MDT; also how long a followed changelog may be silent before it
 *     is opened anew, for one whose kernel thread has ended says nothing any more
 */
public record Waiting(boolean follow, Duration pollInterval, Duration patience) {
    public static final String MODE = "wait";
    public static final String POLL_INTERVAL = "pollInterval";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static Waiting parse(SourceOptions options) throws SourceException {
        return new Waiting(
                options.word(MODE, "reopen", "follow").equals("follow"),
                options.duration(POLL_INTERVAL, Duration.ofMillis(500), Duration.ofMillis(1), Duration.ofMinutes(10)),
                PATIENCE);
    }
}

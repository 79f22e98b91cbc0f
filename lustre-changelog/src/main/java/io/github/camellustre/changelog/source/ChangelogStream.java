// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source;

import io.github.camellustre.changelog.RecordBlock;
import java.time.Duration;

/** One reading of one MDT's changelog, forward only. Used by one thread; {@link #close} may come from another. */
public interface ChangelogStream extends AutoCloseable {

    /**
     * The next whole records, at least one if any is there. Does not wait for records.
     *
     * @return an empty block at the end of what is there now, or while the source has not answered: see {@link #atEnd}
     * @throws SourceException the stream is unusable then, or gives nothing more though more may come: close it
     */
    RecordBlock read(int maxRecords, int maxBytes) throws SourceException;

    /**
     * Waits until there may be more to read, or until the time is over.
     *
     * @return false if the time was over first
     */
    boolean await(Duration timeout) throws SourceException, InterruptedException;

    /**
     * After an empty read: whether it met the end of what is there. False while the source has not answered yet; then
     * nobody knows whether there is more.
     */
    default boolean atEnd() {
        return true;
    }

    /** True if this stream will give no more although more may come: close it and open the changelog again. */
    default boolean isSpent() {
        return false;
    }

    /** True once the last record that will ever come has been read (a replay, a bounded simulation). */
    boolean finished();

    @Override
    void close();
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.source.SourceException;

/**
 * A changelog that is open in the kernel. From the moment it is open it must be polled at once and closed on any error: a
 * handle whose first poll or read comes after an unmount hangs the node (docs/sources.md). One thread.
 */
public interface LiveHandle extends AutoCloseable {

    /**
     * Waits for records, for the end or for an error.
     *
     * @return false if there is nothing yet after that time
     */
    boolean poll(int millis) throws SourceException;

    /**
     * What is there; only after a {@link #poll} that was true. Never waits in the kernel.
     *
     * @return an empty block if it is the end, or was a false alarm
     */
    RecordBlock read(int maxRecords, int maxBytes) throws SourceException;

    /** Nothing more will come from this handle: records that are written later need another one. */
    boolean isAtEnd();

    @Override
    void close();
}

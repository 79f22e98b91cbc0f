// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import io.github.camellustre.changelog.source.SourceException;

/** Goes through the records of one input, first to last, in bounded memory. For one thread. */
interface RecordReader extends AutoCloseable {

    /**
     * Moves to the next record.
     *
     * @return false at the end
     * @throws SourceException what follows is no whole record
     */
    boolean next() throws SourceException;

    /** Holds the current record until the next {@link #next}. */
    byte[] bytes();

    int offset();

    int length();

    /** Where the current record lies, for messages: {@code byte 1215}, {@code line 12}. */
    String place();

    @Override
    void close();
}

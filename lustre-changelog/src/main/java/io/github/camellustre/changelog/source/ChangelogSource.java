// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source;

import java.util.List;
import java.util.OptionalLong;

/**
 * Where changelogs come from: the MDTs of one or more file systems. All methods may be called by several threads at
 * once, for one MDT by a reading thread and a clearing thread.
 */
public interface ChangelogSource extends AutoCloseable {

    /** The MDTs that are offered now, sorted; may grow while running. */
    List<String> mdts() throws SourceException;

    /**
     * What makes this MDT's stream the stream it is (kind, seed and options, or the digest of an input). Kept with the
     * positions; another identity on the same positions is refused.
     */
    String identity(String mdt) throws SourceException;

    /**
     * Opens one MDT's changelog.
     *
     * @param fromIndex first record wanted, inclusive; 0 and 1 mean the oldest that is kept. Records below it may still
     *     come and are the caller's to drop.
     */
    ChangelogStream open(String mdt, long fromIndex) throws SourceException;

    /**
     * Tells the MDT that {@code user} needs no record up to and including {@code index}. May take as long as an MDT needs
     * to recover. The caller guarantees that the index only grows, is positive and was read.
     */
    void clear(String mdt, String user, long index) throws SourceException;

    /** The last index that {@code user} has cleared, where this source can tell; a fresh user of an empty log has 0. */
    default OptionalLong mark(String mdt, String user) throws SourceException {
        return OptionalLong.empty();
    }

    /** The newest index there is, where this source can tell without reading up to it. */
    default OptionalLong newest(String mdt) {
        return OptionalLong.empty();
    }

    /** Whether records are left out on purpose, so that a missing index tells nothing. */
    default boolean isFiltered() {
        return false;
    }

    @Override
    void close();
}

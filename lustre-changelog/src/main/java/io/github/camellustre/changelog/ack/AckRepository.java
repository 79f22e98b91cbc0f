// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.Optional;

/** Keeps {@link LedgerState}s over a restart. Used by several threads, but by one at a time for one key. */
public interface AckRepository extends AutoCloseable {

    /**
     * @return empty if this key was never saved
     * @throws AckRepositoryException what is kept cannot be trusted (corrupt, of another version or file system)
     */
    Optional<LedgerState> load(LedgerKey key) throws AckRepositoryException;

    /** Returns only when the state would survive a crash, as far as this repository promises to. */
    void save(LedgerState state) throws AckRepositoryException;

    @Override
    void close();
}

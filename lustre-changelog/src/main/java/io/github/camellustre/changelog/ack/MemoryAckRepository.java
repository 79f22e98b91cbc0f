// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps positions as long as the process lives. After a restart everything that the MDT still has is delivered again. */
public final class MemoryAckRepository implements AckRepository {
    private final Map<LedgerKey, LedgerState> states = new ConcurrentHashMap<>();

    @Override
    public Optional<LedgerState> load(LedgerKey key) {
        return Optional.ofNullable(states.get(key));
    }

    @Override
    public void save(LedgerState state) {
        states.put(state.key(), state);
    }

    @Override
    public void close() {}
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who has begun a session and not ended it. Bounded: each costs memory, and anybody may begin them. */
final class SessionTable {
    /** MDTs of one connection; the largest file systems have fewer. */
    static final int MOST_OF_ONE_PEER = 1_024;

    private static final int MOST = 16_384;

    /** By the connection and then the MDT. */
    private final Map<String, Map<String, Session>> sessions = new HashMap<>();

    private int count;

    boolean hasRoom(String peer) {
        return count < MOST && sessions.getOrDefault(peer, Map.of()).size() < MOST_OF_ONE_PEER;
    }

    void add(Session session) {
        sessions.computeIfAbsent(session.peer(), peer -> new HashMap<>())
                .put(session.mdt().name(), session);
        count++;
    }

    /** The session, or null. */
    Session find(String peer, String mdt) {
        Map<String, Session> ofPeer = sessions.get(peer);
        return ofPeer == null ? null : ofPeer.get(mdt);
    }

    List<Session> of(String peer) {
        return new ArrayList<>(sessions.getOrDefault(peer, Map.of()).values());
    }

    void remove(Session session) {
        Map<String, Session> ofPeer = sessions.get(session.peer());
        if (ofPeer != null && ofPeer.remove(session.mdt().name(), session)) {
            count--;
            if (ofPeer.isEmpty()) {
                sessions.remove(session.peer());
            }
        }
    }
}

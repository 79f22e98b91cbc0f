// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.component.lcap.group.GroupCounters;
import io.github.camellustre.component.lcap.group.GroupListener;
import io.github.camellustre.component.lcap.group.GroupReader;
import io.github.camellustre.component.lcap.group.ReaderGroup;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One MDT of a group: the engine that has its records, and the sessions that want them. */
final class ServedMdt implements GroupListener {
    private final ServedGroup group;
    private final String name;
    private final ReaderGroup engine;
    private final Map<GroupReader, Session> sessions = new HashMap<>();
    private boolean closed;
    private boolean touched;
    private long dueAt = Long.MAX_VALUE;

    ServedMdt(ServedGroup group, String name, Function<GroupListener, ReaderGroup> engine) {
        this.group = group;
        this.name = name;
        this.engine = engine.apply(this);
    }

    String name() {
        return name;
    }

    ServedGroup group() {
        return group;
    }

    /** Whoever calls it says {@link LcapServer#touch}. */
    ReaderGroup engine() {
        return engine;
    }

    void add(Session session) {
        sessions.put(session.reader(), session);
        group.events().joined(this, session);
    }

    /** The session, which may have ended while its answer was being made: then null. */
    Session session(GroupReader reader) {
        return sessions.get(reader);
    }

    Collection<Session> sessions() {
        return sessions.values();
    }

    void remove(Session session) {
        sessions.remove(session.reader());
        group.events().left(this, session);
    }

    /** The sessions, which it forgets: their engine is about to be closed. */
    List<Session> closing() {
        List<Session> ended = List.copyOf(sessions.values());
        sessions.clear();
        return ended;
    }

    /** Gives up what the readers have not acknowledged. */
    void close(Throwable cause) {
        closed = true;
        engine.close(cause);
    }

    boolean isClosed() {
        return closed;
    }

    GroupCounters counters() {
        return engine.counters();
    }

    /** Marks it for the end of the turn; returns false if it was marked. */
    boolean touch() {
        boolean first = !touched;
        touched = true;
        return first;
    }

    void settled(long due) {
        touched = false;
        dueAt = due;
    }

    /** When the engine wants to be called. */
    long dueAt() {
        return dueAt;
    }

    @Override
    public void released(long records, long firstIndex, long lastIndex) {
        group.events().released(this, records, firstIndex, lastIndex);
    }

    @Override
    public void expired(GroupReader reader, long records, long firstIndex, long lastIndex) {
        group.events().expired(this, sessions.get(reader), records, firstIndex, lastIndex);
    }

    @Override
    public void dropped(GroupReader reader, long records) {
        group.events().dropped(this, sessions.get(reader), records);
    }

    @Override
    public void ended(GroupReader reader) {
        group.ended(sessions.get(reader));
    }

    @Override
    public String toString() {
        return group + " " + name;
    }
}

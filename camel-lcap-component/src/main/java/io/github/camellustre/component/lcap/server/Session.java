// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import io.github.camellustre.changelog.RecordFormat;
import io.github.camellustre.component.lcap.group.GroupReader;
import io.github.camellustre.lcap.wire.Envelope;
import java.util.ArrayDeque;
import java.util.Queue;

/** One MDT of one connection, from START to FINI. */
final class Session {
    /** Requests that a peer may send without having got the answer to its DEQUEUE. */
    private static final int MOST_BEHIND = 16;

    /** Bytes of one of these; only a filter can have more. */
    private static final int MOST_BYTES = 1_024;

    private final String peer;
    private final String address;
    private final ServedMdt mdt;
    private final GroupReader reader;
    private final RecordFormat format;
    private final Queue<Envelope> behind = new ArrayDeque<>();
    private boolean waiting;
    private long heardAt;

    Session(String peer, String address, ServedMdt mdt, GroupReader reader, RecordFormat format, long now) {
        this.peer = peer;
        this.address = address;
        this.mdt = mdt;
        this.reader = reader;
        this.format = format;
        this.heardAt = now;
    }

    String peer() {
        return peer;
    }

    String address() {
        return address;
    }

    ServedMdt mdt() {
        return mdt;
    }

    GroupReader reader() {
        return reader;
    }

    /** What its reader understands. */
    RecordFormat format() {
        return format;
    }

    /** Whether a DEQUEUE is not answered yet. */
    boolean isWaiting() {
        return waiting;
    }

    void setWaiting(boolean waits) {
        waiting = waits;
    }

    /**
     * Keeps a request that came behind a DEQUEUE without an answer, since answers come in the order of the requests.
     *
     * @return false if there are too many, or it is too large
     */
    boolean keep(Envelope request) {
        return behind.size() < MOST_BEHIND && request.size() <= MOST_BYTES && behind.add(request);
    }

    /** The next request that waits for its turn, or null. */
    Envelope nextKept() {
        return behind.poll();
    }

    /** When it last did something for which a stop waits. */
    long heardAt() {
        return heardAt;
    }

    void heard(long now) {
        heardAt = now;
    }

    /** For the log. */
    @Override
    public String toString() {
        return "reader at " + address;
    }
}

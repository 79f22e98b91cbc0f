// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import org.zeromq.ZMQ;

/** Sends through PUSH and PUB: an exchange is done when the socket has taken its message. */
final class OneWay implements SocketWork {
    /** After so many messages the thread looks at what else there is. */
    private static final int GROUP = 1_000;

    private final Outbox<Outgoing> outbox;
    private final Completions completions;
    private final Connections connections;
    private final SocketCounters counters;
    private final boolean lossy;

    /** @param lossy where a subscriber's queue is full, it misses the message */
    OneWay(
            Outbox<Outgoing> outbox,
            Completions completions,
            Connections connections,
            SocketCounters counters,
            boolean lossy) {
        this.outbox = outbox;
        this.completions = completions;
        this.connections = connections;
        this.counters = counters;
        this.lossy = lossy;
    }

    @Override
    public long run(ZMQ.Socket socket) {
        int sent = 0;
        Outgoing next;
        while ((next = outbox.first()) != null) {
            if (sent == GROUP) {
                return 0;
            }
            Exception failure = null;
            try {
                if (!send(socket, next)) {
                    long patience = next.patience();
                    if (patience > 0) {
                        return patience;
                    }
                    counters.timedOut.increment();
                    failure = Sending.notTaken(connections);
                }
            } catch (IllegalStateException e) {
                failure = e;
            }
            outbox.removeFirst();
            if (failure == null) {
                sent++;
                counters.sent.increment();
            } else {
                next.fail(failure);
            }
            completions.add(next);
        }
        return NEVER;
    }

    private boolean send(ZMQ.Socket socket, Outgoing message) {
        if (!connections.isPeerThere()) {
            return false;
        }
        if (Frames.send(socket, message.frames())) {
            return true;
        }
        if (!lossy) {
            return false;
        }
        // ZeroMQ does not tell what it drops. So the socket refuses while a subscriber's queue is full, is told to
        // drop just this once, and then forgets that subscriber until it has room again.
        counters.dropped.increment();
        socket.setXpubNoDrop(false);
        try {
            return Frames.send(socket, message.frames());
        } finally {
            socket.setXpubNoDrop(true);
        }
    }

    @Override
    public void stopped() {
        Sending.stopped(outbox, completions);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.util.concurrent.TimeoutException;

/** Ends of messages that could not be sent. */
final class Sending {
    private Sending() {}

    static Exception notTaken(Connections connections) {
        return new TimeoutException("zeromq: the socket did not take the message within the time-out: "
                + (connections.isPeerThere()
                        ? "there is no peer, or it does not read and its queue is full"
                        : "no peer is connected"));
    }

    static Exception closed() {
        return new IllegalStateException("zeromq: the socket is closed and the message was not sent");
    }

    /** Fails what still waits, and has the outbox refuse what comes now. */
    static void stopped(Outbox<Outgoing> outbox, Completions completions) {
        outbox.close();
        Outgoing next;
        while ((next = outbox.removeFirst()) != null) {
            next.fail(closed());
            completions.add(next);
        }
    }
}

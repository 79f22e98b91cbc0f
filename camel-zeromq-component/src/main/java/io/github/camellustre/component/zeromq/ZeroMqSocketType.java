// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import org.zeromq.SocketType;

/** The sockets that an endpoint can be. Each is good for one direction: a producer or a consumer. */
public enum ZeroMqSocketType {
    PUSH(SocketType.PUSH, true),
    PULL(SocketType.PULL, false),
    PUB(SocketType.PUB, true),
    SUB(SocketType.SUB, false),
    REQ(SocketType.REQ, true),
    /**
     * A ROUTER of JeroMQ's: its REP loses the reply to a good request that follows a malformed one of a peer which is gone, or
     * does not read.
     */
    REP(SocketType.ROUTER, false),
    DEALER(SocketType.DEALER, true),
    ROUTER(SocketType.ROUTER, false);

    private final SocketType type;
    private final boolean producer;

    ZeroMqSocketType(SocketType type, boolean producer) {
        this.type = type;
        this.producer = producer;
    }

    SocketType type() {
        return type;
    }

    boolean isProducer() {
        return producer;
    }

    boolean isConsumer() {
        return !producer;
    }

    /** Whether a message from one side is answered by the other. */
    boolean isAnswered() {
        return this == REQ || this == REP || this == DEALER || this == ROUTER;
    }
}

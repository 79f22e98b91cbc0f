// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import org.zeromq.ZMQ;

/** What the thread of a socket does with it. All calls are made by that thread. */
interface SocketWork {
    /** Nothing to do until something comes in or {@link SocketThread#wake} is called. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Does all that can be done now, without waiting and without running anything of a route.
     *
     * @return milliseconds after which it must be called again although nothing has happened
     */
    long run(ZMQ.Socket socket);

    /** The socket is gone: fails what still waits for it. Nothing is accepted any more. */
    void stopped();
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A port that a socket is bound to, until the next may have it.
 *
 * <p>JeroMQ tells that it has closed a listening socket, but the JDK closes it only when the I/O thread comes to its
 * selector again. A route that was started anew in between could not bind.
 */
record BoundPort(InetSocketAddress address) {
    private static final long RELEASE_MILLIS = 2_000;
    private static final long LOOK_MILLIS = 1;

    /** @param endpoint as ZeroMQ names it when it is bound, such as {@code tcp://127.0.0.1:5555} */
    static BoundPort of(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        String host = endpoint.substring("tcp://".length(), colon);
        return new BoundPort(new InetSocketAddress(host, Integer.parseInt(endpoint.substring(colon + 1))));
    }

    /** Waits until it is free for the next socket. Not for ever: it does no harm if it comes late. */
    void awaitFree() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RELEASE_MILLIS);
        while (!isFree() && end - System.nanoTime() > 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Binds without listening, so that no peer that looks for the old socket meets this one. */
    private boolean isFree() {
        try (SocketChannel probe = SocketChannel.open()) {
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            probe.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

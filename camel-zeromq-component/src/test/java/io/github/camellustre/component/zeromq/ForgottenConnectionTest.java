// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A connection that JeroMQ does not watch, as it forgets to by chance: seldom where a machine has nothing else to do, and
 * hardly ever where it is busy. So here its channel is taken from the selector.
 */
@Timeout(120)
class ForgottenConnectionTest {
    private static final int SIGNATURE = 10;
    private static final int GREETING = 64;
    private static final int TIMEOUT_MILLIS = 10_000;

    /** Where the time of a handshake is over before the connection was looked at there is another one. */
    private static final int CONNECTIONS = 5;

    @Test
    void isLookedAtOnceMore() throws Exception {
        try (ServerSocket server = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
                Testbed bed = new Testbed()) {
            server.setSoTimeout(TIMEOUT_MILLIS);
            bed.sending("zeromq:tcp://127.0.0.1:" + server.getLocalPort() + "?socketType=PUSH");
            Selector selector = selector(bed.endpoint("PUSH").sockets());
            boolean answered = false;
            for (int i = 0; i < CONNECTIONS && !answered; i++) {
                try (Socket socket = server.accept();
                        RawPeer peer = new RawPeer(socket)) {
                    if (peer.receives(SIGNATURE)) {
                        await().until(() -> isForgotten(selector, socket.getPort()));
                        answered = peer.greet("NULL").receives(GREETING - SIGNATURE);
                    }
                }
            }
            assertThat(answered).isTrue();
        }
    }

    /** Takes the connection from that port out when all is sent; or it has ended. */
    private static boolean isForgotten(Selector selector, int port) {
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()
                    && key.channel() instanceof SocketChannel channel
                    && channel.socket().getLocalPort() == port) {
                if (key.interestOps() != SelectionKey.OP_READ) {
                    return false;
                }
                key.cancel();
            }
        }
        return true;
    }

    /** What the I/O thread of those sockets waits in. */
    private static Selector selector(SocketContext sockets) throws ReflectiveOperationException {
        Object ioThread = ((List<?>) field(field(field(sockets, "context"), "ctx"), "ioThreads")).get(0);
        return (Selector) field(field(ioThread, "poller"), "selector");
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a socket tells its peers of itself, and how it finds out that one of them is gone; with libzmq at the other end. */
@Timeout(120)
class ConnectionOptionsTest {
    private static final String ESTABLISHED = "01";
    private static final String KEEP_ALIVE_TIMER = "02";
    private static final int TICKS_A_SECOND = 100;

    /** Enough for one that is forgotten: one of thirty is, where the machine has nothing else to do. */
    private static final int CONNECTIONS = 150;

    private final Testbed bed = new Testbed();
    private final LibzmqPeer peer = LibzmqPeer.start();

    @AfterEach
    void stop() throws Exception {
        bed.close();
        peer.close();
    }

    @Test
    void aRouterKnowsTheSocketByItsIdentity() throws Exception {
        String address = peer.open("router", "ROUTER", "bind", "tcp://127.0.0.1:*");
        bed.sending("zeromq:" + address + "?socketType=DEALER&identity=daemon-7");
        bed.send(ExchangePattern.InOnly, "x");
        assertThat(peer.receive("router")).startsWith("daemon-7").endsWith("x");
    }

    @Test
    void eachConnectionIsMadeOnceAlsoWhereZeroMqForgetsToWatchIt() throws Exception {
        for (int i = 0; i < CONNECTIONS; i++) {
            String name = "router" + i;
            String address = peer.open(name, "ROUTER", "bind", "tcp://127.0.0.1:*");
            try (Testbed each = new Testbed()) {
                each.sending("zeromq:" + address + "?socketType=DEALER&identity=daemon-7");
                each.send(ExchangePattern.InOnly, "x");
                assertThat(peer.receive(name)).startsWith("daemon-7").endsWith("x");
                ZeroMqEndpoint endpoint = each.endpoint("DEALER");
                assertThat(endpoint.getConnections()).isEqualTo(1);
                assertThat(endpoint.getDisconnections()).isZero();
            }
            peer.close(name);
        }
    }

    @Test
    void heartbeatsEndTheConnectionOfAPeerThatStandsStillAndItIsMadeAgain() throws Exception {
        String address = peer.open("pull", "PULL", "bind", "tcp://127.0.0.1:*");
        bed.sending("zeromq:" + address + "?socketType=PUSH&heartbeatInterval=100&heartbeatTimeout=300");
        bed.send(ExchangePattern.InOnly, "before");
        assertThat(peer.receive("pull")).containsExactly("before");
        ZeroMqEndpoint endpoint = bed.endpoint("PUSH");

        peer.freeze();
        try {
            await().until(() -> endpoint.getDisconnections() > 0);
        } finally {
            peer.thaw();
        }

        bed.send(ExchangePattern.InOnly, "after");
        assertThat(peer.receive("pull")).containsExactly("after");
    }

    @Test
    void tcpKeepAliveIsOnAsLongAsTheOptionsSay() throws Exception {
        String address = peer.open("pull", "PULL", "bind", "tcp://127.0.0.1:*");
        bed.sending("zeromq:" + address + "?socketType=PUSH&tcpKeepAlive=true&tcpKeepAliveIdle=321");
        bed.send(ExchangePattern.InOnly, "x");
        assertThat(peer.receive("pull")).containsExactly("x");
        await().untilAsserted(() -> assertThat(keepAliveSeconds(address)).isBetween(200L, 321L));
    }

    @Test
    void withoutTheOptionTcpKeepAliveIsOff() throws Exception {
        String address = peer.open("pull", "PULL", "bind", "tcp://127.0.0.1:*");
        bed.sending("zeromq:" + address + "?socketType=PUSH");
        bed.send(ExchangePattern.InOnly, "x");
        assertThat(peer.receive("pull")).containsExactly("x");
        await().untilAsserted(() -> assertThat(keepAliveSeconds(address)).isZero());
    }

    /** When the kernel will probe the connection to that address if it stays silent; 0 if never. */
    private static long keepAliveSeconds(String address) throws IOException {
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        // JeroMQ's connections are those of IPv6 sockets, also to an address of IPv4
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[2].endsWith(String.format(":%04X", port)) && fields[3].equals(ESTABLISHED)) {
                    String[] timer = fields[5].split(":");
                    assertThat(timer[0])
                            .as("the timer of what is not acknowledged yet")
                            .isNotEqualTo("01");
                    return timer[0].equals(KEEP_ALIVE_TIMER) ? Long.parseLong(timer[1], 16) / TICKS_A_SECOND : 0;
                }
            }
        }
        throw new AssertionError("no connection to " + address);
    }
}

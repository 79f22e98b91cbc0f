// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a socket tells its peers of itself, and how it finds out that one of them is gone; with libzmq at the other end. */
class ConnectionOptionsTest {
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
    void heartbeatsEndTheConnectionOfAPeerThatStandsStillAndItIsMadeAgain() throws Exception {
        String address = peer.open("pull", "PULL", "bind", "tcp://127.0.0.1:*");
        bed.sending("zeromq:" + address + "?socketType=PUSH&heartbeatInterval=100&heartbeatTimeout=300");
        bed.send(ExchangePattern.InOnly, "before");
        assertThat(peer.receive("pull")).containsExactly("before");
        ZeroMqEndpoint endpoint = bed.endpoint("PUSH");

        peer.freeze();
        await().until(() -> endpoint.getDisconnections() > 0);
        peer.thaw();

        bed.send(ExchangePattern.InOnly, "after");
        assertThat(peer.receive("pull")).containsExactly("after");
    }
}

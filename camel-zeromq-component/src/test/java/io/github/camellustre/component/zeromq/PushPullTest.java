// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PUSH and PULL, with libzmq at the other end. */
class PushPullTest {
    private final Testbed bed = new Testbed();
    private final LibzmqPeer peer = LibzmqPeer.start();

    @AfterEach
    void stop() throws Exception {
        bed.close();
        peer.close();
    }

    @Test
    void pushConnects() throws Exception {
        String address = peer.open("pull", "PULL", "bind", "tcp://127.0.0.1:*");
        bed.sending("zeromq:" + address + "?socketType=PUSH");
        bed.template.sendBody("direct:in", "hello");
        assertThat(peer.receive("pull")).containsExactly("hello");
        bed.template.sendBody("direct:in", List.of("one", new byte[0], "three"));
        assertThat(peer.receive("pull")).containsExactly("one", "", "three");
    }

    @Test
    void pullBinds() throws Exception {
        bed.receiving("zeromq:tcp://:*?socketType=PULL&bind=true");
        peer.open("push", "PUSH", "connect", bed.bound("PULL"));
        peer.send("push", "hello");
        peer.send("push", "one", "", "three");
        await().until(() -> bed.taken().size() == 2);
    }

    @Test
    void manyAtOnce() throws Exception {
        String address = peer.open("pull", "PULL", "bind", "tcp://127.0.0.1:*");
        bed.sending("zeromq:" + address + "?socketType=PUSH");
        for (int i = 0; i < 10_000; i++) {
            var unused = bed.send(ExchangePattern.InOnly, String.valueOf(i));
        }
        assertThat(peer.take("pull", 10_000)).isEqualTo("10000 unordered");
    }
}

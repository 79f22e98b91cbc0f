// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Any bytes, before, in and after the handshake, at each kind of socket that receives: an honest peer is served behind
 * them, and no thread has died. The first byte says where the others are sent.
 */
class GarbageFuzzTest {
    private static final String[] TYPES = {"PULL", "SUB", "REP", "ROUTER"};
    private static final String[] PEERS = {"PUSH", "PUB", "REQ", "DEALER"};

    private static final AtomicLong HONEST = new AtomicLong();
    private static Testbed bed;
    private static RawPeer honest;

    @BeforeAll
    static void start() throws Exception {
        bed = new Testbed();
        // Garbage after a whole handshake may be messages like any others.
        bed.context.getRegistry().bind("count", (Processor) exchange -> {
            if (Arrays.equals(exchange.getMessage().getBody(byte[].class), "honest".getBytes(StandardCharsets.UTF_8))) {
                HONEST.incrementAndGet();
            }
        });
        for (String type : TYPES) {
            bed.routes("- route: {from: {uri: 'zeromq:tcp://127.0.0.1:*?bind=true&maxMessageSize=100000&socketType="
                    + type + "', steps: [{process: {ref: count}}]}}");
        }
        honest = RawPeer.connect(bed.bound("PULL")).shakeHands("PUSH");
    }

    @AfterAll
    static void stop() throws IOException {
        honest.close();
        bed.close();
    }

    @FuzzTest
    void bytes(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        int type = input[0] & 3;
        byte[] garbage = Arrays.copyOfRange(input, 1, input.length);
        try (RawPeer raw = RawPeer.connect(bed.bound("socketType=" + TYPES[type]))) {
            switch (input[0] >> 2 & 3) {
                case 0 -> raw.send(garbage);
                case 1 -> raw.greet("NULL").send(garbage);
                default -> raw.shakeHands(PEERS[type]).send(garbage);
            }
        } catch (SocketException e) {
            // Shut out while it was still sending.
        }
        long before = HONEST.get();
        honest.send(HexFormat.of().parseHex("0006686f6e657374"));
        await().pollInterval(Duration.ofMillis(1)).until(() -> HONEST.get() > before);
        assertThat(bed.context
                        .getComponent("zeromq", ZeroMqComponent.class)
                        .sockets()
                        .failure())
                .isNull();
    }
}

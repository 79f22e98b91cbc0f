// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that breaks the protocol harms only itself: a libzmq peer beside it is served as before. */
class GarbageTest {
    private final Testbed bed = new Testbed();
    private final LibzmqPeer peer = LibzmqPeer.start();

    @AfterEach
    void stop() throws Exception {
        bed.close();
        peer.close();
    }

    private String pulls(String options) throws Exception {
        bed.receiving("zeromq:tcp://127.0.0.1:*?bind=true&socketType=PULL" + options);
        peer.open("push", "PUSH", "connect", bed.bound("PULL"));
        return bed.bound("PULL");
    }

    /** An honest message comes through, and none of the garbage has. */
    private void honestPeerIsServed() {
        peer.send("push", "honest");
        await().until(() -> !bed.taken().isEmpty());
        assertThat(bed.taken()).containsExactly(new Testbed.Taken("honest", null));
    }

    @Test
    void rawPeerThatKeepsToTheProtocolIsUnderstood() throws Exception {
        try (RawPeer raw = RawPeer.connect(pulls(""))) {
            raw.shakeHands("PUSH").sendHex("00 06 686f6e657374");
            await().until(() -> bed.taken().contains(new Testbed.Taken("honest", null)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\0\0\0\0\0\0\0\0\0\0", "\1", "SSH-2.0-x\r\n"})
    void otherProtocolsAreShutOut(String bytes) throws Exception {
        try (RawPeer raw = RawPeer.connect(pulls(""))) {
            raw.send(bytes.repeat(20).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(raw.isClosed()).isTrue();
            honestPeerIsServed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURVE", "PLAIN", "NONSENSE"})
    void otherSecurityIsShutOut(String mechanism) throws Exception {
        try (RawPeer raw = RawPeer.connect(pulls(""))) {
            assertThat(raw.greet(mechanism).isClosed()).isTrue();
            honestPeerIsServed();
        }
    }

    @Test
    void socketThatIsNoPartnerIsShutOut() throws Exception {
        try (RawPeer raw = RawPeer.connect(pulls(""))) {
            assertThat(raw.shakeHands("SUB").isClosed()).isTrue();
            honestPeerIsServed();
        }
    }

    @Test
    void frameBeyondTheMaximumEndsTheConnection() throws Exception {
        try (RawPeer raw = RawPeer.connect(pulls("&maxMessageSize=1000"))) {
            // Long frame of 1,001 bytes.
            assertThat(raw.shakeHands("PUSH").sendHex("02 00000000000003e9").isClosed())
                    .isTrue();
            honestPeerIsServed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8000000000000000", "8000000040000000", "ffffffffffffffff", "ffffffff7fffffff"})
    void absurdSizesTakeNeitherMemoryNorTheThreadOfAll(String size) throws Exception {
        String address = pulls("");
        try (RawPeer raw = RawPeer.connect(address)) {
            raw.shakeHands("PUSH").sendHex("02" + size);
        }
        peer.send("push", "honest");
        await().until(() -> bed.taken().contains(new Testbed.Taken("honest", null)));
        assertThat(bed.context
                        .getComponent("zeromq", ZeroMqComponent.class)
                        .sockets()
                        .failure())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04 05 0450494e47",
                "04 04 50494e47",
                "04 00",
                "04 01 ff",
                "04 06 055245414459",
                "06 0000000000000005 0450494e47"
            })
    void malformedCommandsHarmNobodyElse(String command) throws Exception {
        try (RawPeer raw = RawPeer.connect(pulls(""))) {
            raw.shakeHands("PUSH").sendHex(command.repeat(3));
            honestPeerIsServed();
        }
        await().until(() -> bed.endpoint("PULL").getDisconnections() >= 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROUTER", "REP"})
    void peerThatNeverReadsLosesItsOwnRepliesOnly(String type) throws Exception {
        bed.routes("- route: {from: {uri: 'zeromq:tcp://127.0.0.1:*?bind=true&socketType=" + type + "&sendHwm=10',"
                + " steps: [{setBody: {constant: '" + "x".repeat(10_000) + "'}}]}}");
        peer.open("req", "REQ", "connect", bed.bound(type));
        try (RawPeer raw = RawPeer.connect(bed.bound(type))) {
            raw.shakeHands("DEALER");
            // Each a message: an empty frame and one of one byte.
            byte[] request = {1, 0, 0, 1, 'q'};
            await().until(() -> {
                for (int i = 0; i < 500; i++) {
                    raw.send(request);
                }
                return bed.endpoint(type).getLostReplies() > 0;
            });
            // A message that is no request, of a peer that takes no reply.
            raw.send(new byte[] {1, 1, 'q', 0, 1, 'q'});
            peer.send("req", "honest");
            assertThat(peer.receive("req").get(0)).hasSize(10_000);
        }
    }

    @Test
    void subscriptionToAnAbsurdTopicEndsTheConnection() throws Exception {
        bed.sending("zeromq:tcp://127.0.0.1:*?bind=true&socketType=PUB");
        peer.open("sub", "SUB", "connect", bed.bound("PUB"));
        try (RawPeer raw = RawPeer.connect(bed.bound("PUB"))) {
            // A frame of 70,000 bytes.
            assertThat(raw.shakeHands("SUB").sendHex("02 0000000000011170 01").isClosed())
                    .isTrue();
        }
        await().until(() -> {
            bed.send(ExchangePattern.InOnly, "honest").get();
            return !peer.isSilent("sub", 100);
        });
    }

    @Test
    void serverOfGarbageIsTriedAgainUntilItIsAPeer() throws Exception {
        int port;
        CompletableFuture<Exchange> sent;
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            bed.sending("zeromq:tcp://127.0.0.1:" + port + "?socketType=PUSH");
            sent = bed.send(ExchangePattern.InOnly, "patience");
            for (int i = 0; i < 2; i++) {
                try (Socket socket = server.accept();
                        RawPeer raw = new RawPeer(socket)) {
                    raw.send("220 mail.example.org ESMTP\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    assertThat(raw.isClosed()).isTrue();
                }
            }
            assertThat(sent).isNotDone();
        }
        peer.open("pull", "PULL", "bind", "tcp://127.0.0.1:" + port);
        assertThat(peer.receive("pull")).containsExactly("patience");
        assertThat(sent.get().getException()).isNull();
    }

    /** Short form of what {@code GarbageFuzzTest} does for longer. */
    @Test
    void randomBytesAfterEachStepOfTheHandshake() throws Exception {
        String address = pulls("&maxMessageSize=100000");
        Random random = new Random(1);
        List<RawPeer> open = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            RawPeer raw = RawPeer.connect(address);
            open.add(raw);
            switch (i % 3) {
                case 0 -> {}
                case 1 -> raw.greet("NULL");
                default -> raw.shakeHands("PUSH");
            }
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            try {
                raw.send(bytes);
            } catch (java.net.SocketException e) {
                // Shut out already.
            }
        }
        // Some of the bytes may happen to be messages.
        peer.send("push", "honest");
        await().until(() -> bed.taken().contains(new Testbed.Taken("honest", null)));
        for (RawPeer raw : open) {
            raw.close();
        }
        await().until(() ->
                bed.endpoint("PULL").getDisconnections() >= bed.endpoint("PULL").getConnections() - 1);
    }
}

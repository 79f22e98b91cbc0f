// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camellustre.lcap.wire.Answer;
import io.github.camellustre.lcap.wire.GroupName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZCert;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A server that lets known keys in, and nobody else. */
class CurveTest {
    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.camellustre.component.lcap.server");
    private final ZCert server = new ZCert();
    private final ZCert known = new ZCert();
    private CurveKeys keys;

    @BeforeEach
    void start() throws IOException {
        Path clients = Files.createDirectory(folder.resolve("clients"));
        server.saveSecret(folder.resolve("server").toString());
        known.savePublic(clients.resolve("known").toString());
        keys = new CurveKeys(folder.resolve("server"), clients);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    private Consumer<ZMQ.Socket> curve(ZCert client, ZCert serverAsKnown) {
        return socket -> {
            socket.setCurveServerKey(serverAsKnown.getPublicKey());
            client.apply(socket);
        };
    }

    private static Testbed bed(CurveKeys keys) throws IOException {
        return new Testbed(Testbed.settings(GroupName.DEFAULT), Leases.DEFAULT, keys);
    }

    @Test
    void knownClientIsServed() throws Exception {
        try (Testbed bed = bed(keys);
                Peer peer = new Peer("127.0.0.1", bed.server.port(), Testbed.MDT, curve(known, server))) {
            bed.offer(1, 20_000);
            assertThat(peer.start(0)).isZero();
            await().until(() -> {
                if (peer.dequeue() instanceof Answer.Records) {
                    assertThat(peer.clear(0)).isZero();
                }
                return bed.isDone(1);
            });
        }
    }

    @Test
    void othersAreRefusedAndLogged() throws Exception {
        try (Testbed bed = bed(keys)) {
            List<Consumer<ZMQ.Socket>> strangers =
                    List.of(curve(new ZCert(), server), curve(known, new ZCert()), socket -> {});
            for (int stranger = 0; stranger < strangers.size(); stranger++) {
                int logged = log.list.size();
                try (ZContext context = new ZContext()) {
                    ZMQ.Socket socket = context.createSocket(SocketType.REQ);
                    strangers.get(stranger).accept(socket);
                    socket.setHandshakeIvl(500);
                    socket.setLinger(0);
                    socket.connect("tcp://127.0.0.1:" + bed.server.port());
                    await("stranger " + stranger)
                            .until(() -> log.list.stream()
                                    .skip(logged)
                                    .anyMatch(
                                            event -> event.getFormattedMessage().contains("ended without a request")));
                }
            }
            try (Peer peer = new Peer("127.0.0.1", bed.server.port(), Testbed.MDT, curve(known, server))) {
                assertThat(peer.start(0)).isZero();
            }
        }
    }

    @Test
    void keysThatAreNone() {
        assertThatThrownBy(() -> bed(new CurveKeys(folder.resolve("nothing"), folder)))
                .hasMessageContaining("serverCertificate=" + folder.resolve("nothing"));
        assertThatThrownBy(() -> bed(new CurveKeys(folder.resolve("server"), folder.resolve("nobody"))))
                .hasMessageContaining("is no folder");
    }
}

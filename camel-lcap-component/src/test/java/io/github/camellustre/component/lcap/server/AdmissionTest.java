// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Request;
import io.github.camellustre.lcap.wire.ReturnCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Readers that come while the daemon starts: lcapd and its clients may start in either order, and so may ours. */
class AdmissionTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private LcapServer server;

    @BeforeEach
    void listen() throws Exception {
        server = LcapServer.open(new ServerAddress("127.0.0.1", 0), null, Leases.DEFAULT, threads);
    }

    @AfterEach
    void close() {
        server.close();
        threads.shutdown();
    }

    private int early() throws Exception {
        return server.call(server::early);
    }

    @Test
    void whoComesBeforeItsGroupIsAnsweredWhenAllGroupsAreThere() throws Exception {
        try (Peer peer = new Peer(server.port(), Testbed.MDT)) {
            Future<Integer> started = threads.submit(() -> peer.start(0));
            await().until(() -> early() == 1);
            server.attach(Testbed.settings(GroupName.DEFAULT));
            server.admit();
            assertThat(started.get()).isEqualTo(ReturnCode.OK);
            assertThat(peer.fini()).isEqualTo(ReturnCode.OK);
        }
    }

    @Test
    void moreThanCanWaitAreToldToComeAgain() throws Exception {
        try (ZContext context = new ZContext();
                ZMQ.Socket flood = context.createSocket(SocketType.DEALER)) {
            flood.setHWM(0);
            flood.connect("tcp://127.0.0.1:" + server.port());
            for (int i = 0; i <= Admission.MOST; i++) {
                flood.send("", ZMQ.SNDMORE);
                flood.send(Testbed.MDT, ZMQ.SNDMORE);
                flood.send(new Request.Dequeue().encode());
            }
            flood.recv();
            ByteBuffer answer = ByteBuffer.wrap(flood.recv()).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(answer.getInt(8)).isEqualTo(ReturnCode.EAGAIN);
            assertThat(early()).isEqualTo(Admission.MOST);
        }
    }
}

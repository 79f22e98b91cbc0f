// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.lcap.wire.Answer;
import io.github.camellustre.lcap.wire.Envelope;
import io.github.camellustre.lcap.wire.GroupName;
import io.github.camellustre.lcap.wire.Request;
import io.github.camellustre.lcap.wire.Start;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** What peers do that are none of ours: it harms nobody else. */
class HostilePeerTest {
    private static final byte[] NONE = {};
    private static final byte[] MDT = Envelope.mdtFrame(Testbed.MDT);

    private Testbed bed;
    private ZContext context;

    @BeforeEach
    void start() throws Exception {
        bed = new Testbed();
        context = new ZContext();
    }

    @AfterEach
    void stop() {
        context.close();
        bed.close();
    }

    private ZMQ.Socket dealer() {
        ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
        socket.setHandshakeIvl(500);
        socket.setLinger(0);
        socket.setReceiveTimeOut(10_000);
        socket.connect("tcp://127.0.0.1:" + bed.server.port());
        return socket;
    }

    private static void send(ZMQ.Socket socket, byte[]... frames) {
        for (int i = 0; i < frames.length; i++) {
            socket.send(frames[i], i + 1 < frames.length ? ZMQ.SNDMORE : 0);
        }
    }

    private static Answer receive(ZMQ.Socket socket) throws Exception {
        List<byte[]> frames = new ArrayList<>();
        do {
            byte[] frame = socket.recv();
            assertThat(frame).as("answer").isNotNull();
            frames.add(frame);
        } while (socket.hasReceiveMore());
        return Answer.decode(Testbed.MDT, frames);
    }

    private static byte[] startOf(int flags) {
        return new Start(flags, 0, Testbed.MDT, GroupName.DEFAULT).encode();
    }

    /** The group works as if nobody else were there. */
    private void honestReaderIsServed() throws Exception {
        bed.offer(1_000, 1_001);
        try (Peer peer = bed.peer()) {
            assertThat(peer.start(0)).isZero();
            await().until(() -> {
                if (peer.dequeue() instanceof Answer.Records) {
                    assertThat(peer.clear(0)).isZero();
                }
                return bed.isDone(1_000);
            });
            assertThat(peer.fini()).isZero();
        }
    }

    @Test
    void garbageOnTheConnection() throws Exception {
        Random random = new Random(7);
        for (int length : new int[] {0, 1, 9, 64, 10_000}) {
            byte[] garbage = new byte[length];
            random.nextBytes(garbage);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bed.server.port())) {
                socket.getOutputStream().write(garbage);
            }
        }
        honestReaderIsServed();
    }

    /** Sizes that a Java long takes for negative ones: not too large, that is. */
    @ParameterizedTest
    @ValueSource(strings = {"8000000000000000", "80000000a7f00000", "ffffffffffffffff", "ffffffff7fffffff"})
    void aFrameOfAnAbsurdSize(String size) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bed.server.port())) {
            HexFormat hex = HexFormat.of();
            OutputStream out = socket.getOutputStream();
            // greeting of ZMTP 3.0 without security, then READY with Socket-Type DEALER
            out.write(hex.parseHex("ff00000000000000007f0300" + "4e554c4c" + "00".repeat(48)));
            out.write(hex.parseHex("041c" + "055245414459" + "0b536f636b65742d54797065" + "00000006" + "4445414c4552"));
            out.flush();
            // its greeting, the two bytes before its READY, and the rest: whoever goes on before that is shut out
            InputStream in = socket.getInputStream();
            in.readNBytes(64);
            in.readNBytes(in.readNBytes(2)[1]);
            out.write(hex.parseHex("02" + size));
            out.flush();
            honestReaderIsServed();
        }
    }

    @Test
    void garbageInMessages() throws Exception {
        ZMQ.Socket dealer = dealer();
        Random random = new Random(8);
        int answers = 0;
        for (int i = 0; i < 500; i++) {
            byte[] request = new byte[random.nextInt(200)];
            random.nextBytes(request);
            if (request.length > 0) {
                request[0] = (byte) random.nextInt(9);
            }
            send(dealer, NONE, random.nextBoolean() ? MDT : request, request);
            receive(dealer);
            answers++;
        }
        assertThat(answers).isEqualTo(500);
        dealer.close();
        honestReaderIsServed();
    }

    @Test
    void requestsAreAnsweredInOrderAlsoWhenTheyDoNotWait() throws Exception {
        ZMQ.Socket dealer = dealer();
        send(dealer, NONE, MDT, startOf(Start.LONG_POLL));
        send(dealer, NONE, MDT, new Request.Dequeue().encode());
        send(dealer, NONE, MDT, new Request.Clear(0).encode());
        send(dealer, NONE, MDT, new Request.Fini().encode());
        send(dealer, NONE, MDT, new Request.Dequeue().encode());
        assertThat(List.of(receive(dealer), receive(dealer), receive(dealer), receive(dealer), receive(dealer)))
                .containsExactly(
                        new Answer.Ack(0),
                        new Answer.Ack(1),
                        new Answer.Ack(-71),
                        new Answer.Ack(0),
                        new Answer.Ack(-71));
    }

    @Test
    void tooManyRequestsBehindOneThatWaits() throws Exception {
        ZMQ.Socket dealer = dealer();
        send(dealer, NONE, MDT, startOf(Start.LONG_POLL));
        for (int i = 0; i < 40; i++) {
            send(dealer, NONE, MDT, new Request.Dequeue().encode());
        }
        assertThat(receive(dealer)).isEqualTo(new Answer.Ack(0));
        assertThat(receive(dealer)).isEqualTo(new Answer.Ack(1));
        for (int i = 1; i < 40; i++) {
            assertThat(receive(dealer)).isEqualTo(new Answer.Ack(-71));
        }
        honestReaderIsServed();
    }

    @Test
    void aPeerThatNeverReads() throws Exception {
        for (long first = 1; first < 900; first += 10) {
            bed.offer(first, first + 9);
        }
        ZMQ.Socket dealer = context.createSocket(SocketType.DEALER);
        dealer.setHandshakeIvl(500);
        dealer.setLinger(0);
        dealer.setRcvHWM(1);
        dealer.setReceiveBufferSize(4_096);
        dealer.connect("tcp://127.0.0.1:" + bed.server.port());
        for (int i = 0; i < 3_000; i++) {
            send(dealer, NONE, MDT, startOf(0));
            send(dealer, NONE, MDT, new Request.Dequeue().encode());
            send(dealer, NONE, MDT, new Request.Fini().encode());
        }
        honestReaderIsServed();
    }

    @Test
    void aFrameThatIsTooLargeEndsTheConnection() throws Exception {
        ZMQ.Socket dealer = dealer();
        send(dealer, NONE, MDT, startOf(0));
        assertThat(receive(dealer)).isEqualTo(new Answer.Ack(0));
        await().until(() -> bed.sessions() == 1);
        send(dealer, NONE, MDT, new byte[Envelope.MAX_BYTES + 1]);
        await().until(() -> bed.sessions() == 0);
        honestReaderIsServed();
    }

    @Test
    void tooManySessions() throws Exception {
        ZMQ.Socket dealer = dealer();
        for (int i = 0; i <= SessionTable.MOST_OF_ONE_PEER; i++) {
            String mdt = "fs-MDT" + i;
            send(dealer, NONE, Envelope.mdtFrame(mdt), new Start(0, 0, mdt, GroupName.DEFAULT).encode());
            assertThat(receive(dealer)).isEqualTo(new Answer.Ack(i < SessionTable.MOST_OF_ONE_PEER ? 0 : -11));
        }
        honestReaderIsServed();
    }

    @Test
    void silentConnections() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), bed.server.port()));
            }
            honestReaderIsServed();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.lcap;

import static io.github.camellustre.lcap.LcapReaderTest.QUICK;
import static io.github.camellustre.lcap.LcapReaderTest.indexes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.lcap.wire.Request;
import io.github.camellustre.lcap.wire.ReturnCode;
import io.github.camellustre.lcap.wire.Start;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader does beside a server that dies, freezes, refuses, or says what makes no sense. */
@Timeout(60)
class LcapReaderFaultsTest {
    /** As QUICK, but does not wait for an answer for long. */
    private static final Timing IMPATIENT =
            new Timing(Duration.ofMillis(300), QUICK.clear(), QUICK.silence(), QUICK.grace(), QUICK.report());

    private final ModelServer server = new ModelServer();

    private LcapReaderBuilder builder() {
        return LcapReader.builder()
                .server(server.uri())
                .mdt(ModelServer.MDT)
                .group("robinhood")
                .timing(QUICK);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A frame of more than 2^63 bytes, after a handshake as it should be: the next server at that address is a good one. */
    @Test
    void aServerThatSendsGarbageIsLeft() throws Exception {
        server.kill();
        CompletableFuture<ChangelogRecord> first = new CompletableFuture<>();
        try (ServerSocket garbage = new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress())) {
            Thread application = new Thread(() -> {
                try (LcapReader reader = builder().timing(IMPATIENT).start()) {
                    first.complete(reader.receive());
                } catch (Exception e) {
                    first.completeExceptionally(e);
                }
            });
            application.start();
            boolean sent = false;
            // a reader that has lost patience before comes again
            while (!sent) {
                try (Socket peer = garbage.accept()) {
                    sent = sendGarbage(peer);
                } catch (SocketException e) {
                    // it left while it was spoken to, before the garbage or because of it: it comes again
                    sent = false;
                }
            }
        }
        server.add(1, 1);
        server.comeBack();
        assertThat(first.get(30, TimeUnit.SECONDS).index()).isEqualTo(1);
    }

    /** Returns when the reader has left. @return whether it was there until the garbage */
    private static boolean sendGarbage(Socket peer) throws IOException {
        HexFormat hex = HexFormat.of();
        OutputStream out = peer.getOutputStream();
        out.write(hex.parseHex("ff00000000000000007f0300" + "4e554c4c" + "00".repeat(48)));
        out.write(hex.parseHex("041c" + "055245414459" + "0b536f636b65742d54797065" + "00000006" + "524f55544552"));
        out.flush();
        InputStream in = peer.getInputStream();
        in.readNBytes(64);
        byte[] head = in.readNBytes(2);
        if (head.length < 2) {
            return false;
        }
        in.readNBytes(head[1]);
        out.write(hex.parseHex("02" + "80000000a7f00000"));
        out.flush();
        in.transferTo(OutputStream.nullOutputStream());
        return true;
    }

    @Test
    void aServerThatComesBackWhileARecordIsWaitedFor() throws Exception {
        try (LcapReader reader = builder().flags(Start.FOLLOW).start()) {
            CompletableFuture<ChangelogRecord> next = new CompletableFuture<>();
            Thread application = new Thread(() -> {
                try {
                    next.complete(reader.receive());
                } catch (Exception e) {
                    next.completeExceptionally(e);
                }
            });
            application.start();
            await().until(() -> server.count(Request.Dequeue.class) > 0);
            server.kill();
            server.add(1, 1);
            server.comeBack();
            assertThat(next.get(30, TimeUnit.SECONDS).index()).isEqualTo(1);
        }
    }

    @Test
    void recordsInHandStayUsableWhenTheServerIsGone() throws Exception {
        server.add(1, 20);
        try (LcapReader reader = builder().start()) {
            ChangelogBatch first = reader.receiveBatch();
            server.kill();
            assertThat(first.get(9).index()).isEqualTo(10);
            server.comeBack();
            await().until(() -> server.count(Start.class) == 2);
            // of a session that is no more: harmless, and nobody's
            reader.clear(10);
            Set<Long> again = new TreeSet<>();
            reader.forEachRecord(record -> again.add(record.index()));
            assertThat(again).containsExactlyElementsOf(indexes(1, 20));
            // the new session was not told of a batch that it does not have
            assertThat(server.count(Start.class)).isEqualTo(2);
        }
        assertThat(server.acknowledged).isEqualTo(indexes(1, 20));
    }

    @Test
    void nothingIsLostHoweverOftenTheServerDies() throws Exception {
        server.add(1, 400);
        Set<Long> received = new ConcurrentSkipListSet<>();
        LcapReader reader = builder().flags(Start.FOLLOW).batch(5).start();
        Thread application = new Thread(() -> reader.forEach(record -> {
            received.add(record.index());
            reader.clear(record.index());
        }));
        application.start();
        for (int death = 0; death < 10; death++) {
            int before = received.size();
            await().until(() -> received.size() > before || received.size() == 400);
            server.kill();
            server.comeBack();
        }
        await().until(() -> server.acknowledged.size() == 400);
        reader.close();
        application.join();
        assertThat(received).containsExactlyElementsOf(indexes(1, 400));
    }

    @Test
    void aServerThatFreezesIsLeftAndFoundAgain() throws Exception {
        try (LcapReader reader = builder().timing(IMPATIENT).flags(Start.FOLLOW).start()) {
            // not zero if its first connection was one that JeroMQ forgets
            int before = server.left.get();
            server.frozen = true;
            server.add(1, 1);
            CompletableFuture<ChangelogRecord> next = CompletableFuture.supplyAsync(() -> {
                try {
                    return reader.receive();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> server.left.get() > before);
            assertThat(next).isNotDone();
            server.frozen = false;
            assertThat(next.get(30, TimeUnit.SECONDS).index()).isEqualTo(1);
        }
        assertThat(server.count(Start.class)).isGreaterThan(1);
    }

    @Test
    void closingDoesNotWaitForAServerThatIsGone() throws Exception {
        server.add(1, 10);
        LcapReader reader = builder().flags(Start.FOLLOW).start();
        reader.receive();
        server.kill();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(reader::close);
        closed.get(10, TimeUnit.SECONDS);
        assertThat(reader.receiveBatch()).hasSize(9);
        assertThat(reader.receive()).isNull();
        server.comeBack();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "04000000 00000000 01000000", "09000000 00000000 00000000", "05000000 00000000 64000000"})
    void answersThatMakeNoSenseHarmNobody(String hex) throws Exception {
        server.add(1, 10);
        server.garbage = HexFormat.of().parseHex(hex.replace(" ", ""));
        try (LcapReader reader = builder().timing(IMPATIENT).start()) {
            CompletableFuture<ChangelogRecord> next = CompletableFuture.supplyAsync(() -> {
                try {
                    return reader.receive();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> server.count(Start.class) > 2);
            server.garbage = null;
            assertThat(next.get(30, TimeUnit.SECONDS).index()).isEqualTo(1);
        }
    }

    /** That a session has begun does not prove that it works. */
    @Test
    void sessionsThatBreakAtTheirFirstQuestionAreNotBegunAllTheTime() throws Exception {
        server.garbage = new byte[0];
        try (LcapReader reader = builder().flags(Start.FOLLOW).start()) {
            CompletableFuture<ChangelogRecord> next = CompletableFuture.supplyAsync(() -> {
                try {
                    return reader.receive();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> server.pauses(Start.class, 2));
            server.garbage = null;
            server.add(1, 1);
            assertThat(next.get(30, TimeUnit.SECONDS).index()).isEqualTo(1);
        }
    }

    @Test
    void anotherFilterThanTheGroupsIsFinal() throws Exception {
        server.filterCode = ReturnCode.EBUSY;
        assertThatThrownBy(() -> builder().filter("type=CREAT").start())
                .isInstanceOf(LcapException.class)
                .hasMessageContaining("the other readers of this group have another filter than 'type=CREAT'");
        try (LcapReader reader = builder().start()) {
            reader.setFilter("type=CREAT");
            assertThatThrownBy(() -> await().until(() -> reader.receive() != null))
                    .rootCause()
                    .hasMessageContaining("the other readers of this group have another filter than 'type=CREAT'");
        }
    }

    @Test
    void aServerOfLcapItself() throws Exception {
        server.lcapd = true;
        server.add(1, 25);
        Set<Long> received = new TreeSet<>();
        try (LcapReader reader = builder().filter("type=CREAT").start()) {
            reader.forEachRecord(record -> received.add(record.index()));
            assertThat(server.acknowledged).isEqualTo(indexes(1, 25));
            server.add(26, 30);
            // a batch of which the first is acknowledged only is not: that server takes a clear for one of the whole
            assertThat(reader.receive().index()).isEqualTo(26);
            reader.clear(26);
        }
        assertThat(received)
                .isEqualTo(new TreeSet<>(
                        indexes(1, 25).stream().filter(i -> i % 2 == 0).toList()));
        assertThat(server.acknowledged).isEqualTo(indexes(1, 25));
        assertThat(server.requests).last().isEqualTo(new Request.Fini());
    }

    @Test
    void aServerThatAnswersAtOnceIsNotAskedAllTheTime() throws Exception {
        server.lcapd = true;
        try (LcapReader reader = builder().flags(Start.FOLLOW).start()) {
            CompletableFuture<ChangelogRecord> next = CompletableFuture.supplyAsync(() -> {
                try {
                    return reader.receive();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> server.pauses(Request.Dequeue.class, 3));
            server.add(1, 1);
            assertThat(next.get(30, TimeUnit.SECONDS).index()).isEqualTo(1);
        }
    }
}

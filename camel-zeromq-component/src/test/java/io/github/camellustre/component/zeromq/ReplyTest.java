// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REP and ROUTER, with libzmq's REQ and DEALER at the other end. */
class ReplyTest {
    private final Testbed bed = new Testbed();
    private final LibzmqPeer peer = LibzmqPeer.start();

    @AfterEach
    void stop() throws Exception {
        bed.close();
        peer.close();
    }

    /** A server whose route answers "re BODY", and fails at "bad". */
    private String serves(String type, String options) throws Exception {
        bed.context.getRegistry().bind("answer", (Processor) exchange -> {
            String body = exchange.getMessage().getBody(String.class);
            if (body.equals("bad")) {
                throw new IllegalStateException("the route fails on purpose");
            }
            exchange.getMessage().setBody("re " + body);
        });
        bed.routes("- route: {id: serving, from: {uri: 'zeromq:tcp://127.0.0.1:*?bind=true&socketType=" + type + options
                + "', steps: [{process: {ref: answer}}]}}");
        return bed.bound(type);
    }

    @ParameterizedTest
    @CsvSource({"REP,0", "REP,1", "ROUTER,0", "ROUTER,1"})
    void reqIsAnswered(String type, int correlate) throws Exception {
        String address = serves(type, "");
        for (String name : List.of("a", "b", "c")) {
            peer.open(name, "REQ", "connect", address, "correlate=" + correlate);
        }
        for (String name : List.of("a", "b", "c")) {
            peer.send(name, name);
        }
        for (String name : List.of("a", "b", "c")) {
            assertThat(peer.receive(name)).containsExactly("re " + name);
        }
        await().until(() -> bed.endpoint(type).getReplies() == 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REP", "ROUTER"})
    void dealerIsAnsweredWithWhatItPutBeforeTheEmptyFrame(String type) throws Exception {
        peer.open("dealer", "DEALER", "connect", serves(type, ""));
        peer.send("dealer", "id-1", "", "body");
        assertThat(peer.receive("dealer")).containsExactly("id-1", "", "re body");
    }

    @Test
    void routerAnswersDealersThatHaveNoEmptyFrame() throws Exception {
        peer.open("dealer", "DEALER", "connect", serves("ROUTER", ""));
        peer.send("dealer", "body");
        assertThat(peer.receive("dealer")).containsExactly("re body");
        peer.send("dealer", "");
        assertThat(peer.receive("dealer")).containsExactly("re ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REP", "ROUTER"})
    void failedRouteIsAnsweredWithTheErrorReply(String type) throws Exception {
        peer.open("req", "REQ", "connect", serves(type, "&errorReply=no"));
        peer.send("req", "bad");
        assertThat(peer.receive("req")).containsExactly("no");
        peer.send("req", "good");
        assertThat(peer.receive("req")).containsExactly("re good");
    }

    @Test
    void repGoesOnAfterItsClientDied() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger arrived = new AtomicInteger();
        bed.context.getRegistry().bind("gate", (Processor) exchange -> {
            arrived.incrementAndGet();
            gate.await();
        });
        bed.routes("- route: {from: {uri: 'zeromq:tcp://127.0.0.1:*?bind=true&socketType=REP',"
                + " steps: [{process: {ref: gate}}]}}");
        peer.open("req", "REQ", "connect", bed.bound("REP"));
        peer.send("req", "x");
        await().until(() -> arrived.get() == 1);
        peer.kill();
        await().until(() -> bed.endpoint("REP").getDisconnections() == 1);
        gate.countDown();
        try (LibzmqPeer next = LibzmqPeer.start()) {
            next.open("req", "REQ", "connect", bed.bound("REP"));
            next.send("req", "y");
            assertThat(next.receive("req")).containsExactly("y");
        }
    }

    @Test
    void clientThatIsGoneLosesItsReplyOnly() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        bed.context.getRegistry().bind("gate", (Processor) exchange -> gate.await());
        bed.routes("- route: {from: {uri: 'zeromq:tcp://127.0.0.1:*?bind=true&socketType=ROUTER',"
                + " steps: [{process: {ref: gate}}]}}");
        peer.open("req", "REQ", "connect", bed.bound("ROUTER"));
        peer.send("req", "x");
        await().until(() -> bed.endpoint("ROUTER").getReceived() == 1);
        peer.close("req");
        await().until(() -> bed.endpoint("ROUTER").getDisconnections() == 1);
        gate.countDown();
        await().until(() -> bed.endpoint("ROUTER").getLostReplies() == 1);
    }

    @Test
    void routerServesSeveralAtOnce() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        bed.context.getRegistry().bind("meet", (Processor) exchange -> {
            both.countDown();
            both.await();
        });
        bed.routes("- route: {from: {uri: 'zeromq:tcp://127.0.0.1:*?bind=true&socketType=ROUTER&concurrentConsumers=2',"
                + " steps: [{process: {ref: meet}}]}}");
        for (String name : List.of("a", "b")) {
            peer.open(name, "REQ", "connect", bed.bound("ROUTER"));
            peer.send(name, name);
        }
        assertThat(peer.receive("a")).containsExactly("a");
        assertThat(peer.receive("b")).containsExactly("b");
    }
}

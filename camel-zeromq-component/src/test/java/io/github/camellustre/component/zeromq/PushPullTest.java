// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.assertj.core.api.InstanceOfAssertFactories;
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

    private String pullBinds(String... options) {
        return peer.open("pull", "PULL", "bind", "tcp://127.0.0.1:*", options);
    }

    private List<CompletableFuture<Exchange>> sendNumbers(int count) {
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(bed.send(ExchangePattern.InOnly, String.valueOf(i)));
        }
        return sent;
    }

    private static long done(List<CompletableFuture<Exchange>> sent) {
        return sent.stream().filter(CompletableFuture::isDone).count();
    }

    @Test
    void pushConnectsAndSendsWhateverIsBytes() throws Exception {
        bed.sending("zeromq:" + pullBinds() + "?socketType=PUSH");
        byte[] bytes = "bytes".getBytes(StandardCharsets.UTF_8);
        bed.template.sendBody("direct:in", "text");
        bed.template.sendBody("direct:in", bytes);
        bed.template.sendBody("direct:in", ByteBuffer.wrap(bytes));
        bed.template.sendBody("direct:in", new ByteArrayInputStream(bytes));
        bed.template.sendBody("direct:in", null);
        bed.template.sendBody("direct:in", List.of("one", new byte[0], "three"));
        assertThat(peer.receive("pull")).containsExactly("text");
        for (int i = 0; i < 3; i++) {
            assertThat(peer.receive("pull")).containsExactly("bytes");
        }
        assertThat(peer.receive("pull")).containsExactly("");
        assertThat(peer.receive("pull")).containsExactly("one", "", "three");
    }

    @Test
    void whatIsNoBytesFailsItsExchange() throws Exception {
        bed.sending("zeromq:" + pullBinds() + "?socketType=PUSH");
        assertThat(bed.send(ExchangePattern.InOnly, new Object()).get().getException())
                .hasMessageContaining("byte[]");
        assertThat(bed.send(ExchangePattern.InOnly, List.of()).get().getException())
                .hasMessageContaining("empty list");
    }

    @Test
    void pushBinds() throws Exception {
        bed.sending("zeromq:tcp://127.0.0.1:*?socketType=PUSH&bind=true");
        CompletableFuture<Exchange> sent = bed.send(ExchangePattern.InOnly, "hello");
        peer.open("pull", "PULL", "connect", bed.bound("PUSH"));
        assertThat(peer.receive("pull")).containsExactly("hello");
        assertThat(sent.get().getException()).isNull();
    }

    @Test
    void pullBindsAndTakesFromMany() throws Exception {
        bed.receiving("zeromq:tcp://:*?socketType=PULL&bind=true");
        peer.open("push", "PUSH", "connect", bed.bound("PULL"));
        peer.open("other", "PUSH", "connect", bed.bound("PULL"));
        peer.send("push", "hello");
        peer.send("other", "one", "", "three");
        await().until(() -> bed.taken().size() == 2);
        assertThat(bed.taken()).contains(new Testbed.Taken("hello", null));
        assertThat(bed.taken())
                .anySatisfy(taken -> assertThat(taken.body())
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .hasSize(3));
    }

    @Test
    void pullConnectsToSeveralAddresses() throws Exception {
        String one = peer.open("one", "PUSH", "bind", "tcp://127.0.0.1:*");
        String two = peer.open("two", "PUSH", "bind", "tcp://127.0.0.1:*");
        bed.receiving("zeromq:" + one + "," + two + "?socketType=PULL");
        peer.send("one", "1");
        peer.send("two", "2");
        await().until(() -> bed.taken().size() == 2);
    }

    @Test
    void ipv6() throws Exception {
        bed.receiving("zeromq:tcp://[::1]:*?socketType=PULL&bind=true");
        peer.open("push", "PUSH", "connect", bed.bound("PULL"), "ipv6=1");
        peer.send("push", "six");
        await().until(() -> bed.taken().size() == 1);
    }

    @Test
    void withoutAPeerTheRouteIsHeldBackAndNothingIsLost() throws Exception {
        String address = pullBinds();
        peer.close("pull");
        bed.sending("zeromq:" + address + "?socketType=PUSH");
        List<CompletableFuture<Exchange>> sent = sendNumbers(20);
        assertThat(bed.endpoint("PUSH").getSent()).isZero();
        assertThat(done(sent)).isZero();
        peer.open("pull", "PULL", "bind", address);
        assertThat(peer.take("pull", 20)).startsWith("20 ");
        await().until(() -> done(sent) == 20);
    }

    @Test
    void fullQueueHoldsTheRouteBackUntilThePeerReads() throws Exception {
        bed.sending("zeromq:" + pullBinds("rcvhwm=10", "rcvbuf=4096") + "?socketType=PUSH&sendHwm=10");
        int count = 10_000;
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(bed.send(ExchangePattern.InOnly, List.of(new byte[5_000], String.valueOf(i))));
        }
        assertThat(bed.awaitStandstill("PUSH")).isLessThan(count);
        assertThat(peer.take("pull", count)).startsWith(count + " ");
        await().until(() -> done(sent) == count);
        assertThat(bed.endpoint("PUSH").getSent()).isEqualTo(count);
    }

    @Test
    void sendTimeoutFailsWhatTheSocketDoesNotTake() throws Exception {
        bed.sending("zeromq:tcp://127.0.0.1:*?socketType=PUSH&bind=true&sendTimeout=50");
        assertThat(bed.send(ExchangePattern.InOnly, "x").get().getException())
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("no peer");
        assertThat(bed.endpoint("PUSH").getTimedOut()).isEqualTo(1);
        peer.open("pull", "PULL", "connect", bed.bound("PUSH"));
        await().until(() -> bed.send(ExchangePattern.InOnly, "y").get().getException() == null);
        assertThat(peer.receive("pull")).containsExactly("y");
    }

    @Test
    void peerThatDiesAndComesBackIsFoundAgain() throws Exception {
        String address = pullBinds();
        bed.sending("zeromq:" + address + "?socketType=PUSH");
        bed.template.sendBody("direct:in", "before");
        assertThat(peer.receive("pull")).containsExactly("before");
        peer.kill();
        await().until(() -> bed.endpoint("PUSH").getDisconnections() >= 1);
        CompletableFuture<Exchange> sent = bed.send(ExchangePattern.InOnly, "after");
        try (LibzmqPeer next = LibzmqPeer.start()) {
            next.open("pull", "PULL", "bind", address);
            assertThat(next.receive("pull")).containsExactly("after");
            assertThat(sent.get().getException()).isNull();
        }
    }

    @Test
    void routeThatIsStoppedAndStartedTakesUpAgain() throws Exception {
        bed.receiving("zeromq:tcp://127.0.0.1:*?socketType=PULL&bind=true");
        String address = bed.bound("PULL");
        bed.endpoint("PULL").setAddresses(address);
        peer.open("push", "PUSH", "connect", address);
        for (int life = 1; life <= 5; life++) {
            String text = "life " + life;
            await().until(() -> {
                peer.send("push", text);
                return bed.taken().contains(new Testbed.Taken(text, null));
            });
            bed.context.getRouteController().stopRoute("receiving");
            bed.context.getRouteController().startRoute("receiving");
        }
    }
}

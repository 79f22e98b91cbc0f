// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangeTimedOutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ and DEALER, with libzmq's REP and ROUTER at the other end. */
class RequestTest {
    private final Testbed bed = new Testbed();
    private final LibzmqPeer peer = LibzmqPeer.start();

    @AfterEach
    void stop() throws Exception {
        bed.close();
        peer.close();
    }

    private String binds(String type) {
        return peer.open("server", type, "bind", "tcp://127.0.0.1:*");
    }

    private CompletableFuture<Exchange> request(Object body) {
        return bed.send(ExchangePattern.InOut, body);
    }

    private static String reply(CompletableFuture<Exchange> request) throws Exception {
        Exchange exchange = request.get();
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(String.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQ", "DEALER"})
    void repAnswers(String type) throws Exception {
        bed.sending("zeromq:" + binds("REP") + "?socketType=" + type);
        CompletableFuture<Exchange> first = request("one");
        CompletableFuture<Exchange> second = request("two");
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String question = peer.receive("server").get(0);
            asked.add(question);
            peer.send("server", "re " + question);
        }
        assertThat(asked).containsExactlyInAnyOrder("one", "two");
        assertThat(reply(first)).isEqualTo("re one");
        assertThat(reply(second)).isEqualTo("re two");
        assertThat(bed.endpoint(type).getReplies()).isEqualTo(2);
    }

    @Test
    void dealerHasManyOutAndRouterAnswersInAnyOrder() throws Exception {
        bed.sending("zeromq:" + binds("ROUTER") + "?socketType=DEALER");
        List<CompletableFuture<Exchange>> requests = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            requests.add(request(List.of("question", String.valueOf(i))));
        }
        List<List<byte[]>> taken = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            taken.add(0, peer.receiveFrames("server"));
        }
        for (List<byte[]> frames : taken) {
            List<byte[]> answer = new ArrayList<>(frames);
            answer.remove(3);
            peer.sendFrames("server", answer);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(reply(requests.get(i))).isEqualTo(String.valueOf(i));
        }
    }

    @Test
    void reqHasOneOutAtATime() throws Exception {
        bed.sending("zeromq:" + binds("ROUTER") + "?socketType=REQ");
        List<CompletableFuture<Exchange>> requests = List.of(request("a"), request("b"));
        List<byte[]> first = peer.receiveFrames("server");
        assertThat(peer.isSilent("server", 100)).isTrue();
        peer.sendFrames("server", first);
        peer.sendFrames("server", peer.receiveFrames("server"));
        assertThat(List.of(reply(requests.get(0)), reply(requests.get(1)))).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQ", "DEALER"})
    void requestThatIsNotAnsweredFailsAndTheNextOneGoesOn(String type) throws Exception {
        bed.sending("zeromq:" + binds("ROUTER") + "?socketType=" + type + "&requestTimeout=300");
        CompletableFuture<Exchange> unanswered = request("unanswered");
        List<byte[]> late = peer.receiveFrames("server");
        assertThat(unanswered.get().getException()).isInstanceOf(ExchangeTimedOutException.class);
        assertThat(bed.endpoint(type).getTimedOut()).isEqualTo(1);

        // on a slow machine the peer's answer may be late as well
        await().until(() -> {
            CompletableFuture<Exchange> next = request("next");
            List<byte[]> frames = peer.receiveFrames("server");
            peer.sendFrames("server", late);
            peer.sendFrames("server", frames);
            return "next".equals(next.get().getMessage().getBody(String.class))
                    && next.get().getException() == null;
        });
    }

    @Test
    void answersToNothingAreCountedAndHarmNobody() throws Exception {
        bed.sending("zeromq:" + binds("ROUTER") + "?socketType=DEALER");
        CompletableFuture<Exchange> request = request("x");
        List<byte[]> frames = peer.receiveFrames("server");
        peer.sendFrames("server", List.of(frames.get(0), new byte[] {1, 2, 3}));
        peer.sendFrames("server", List.of(frames.get(0), new byte[4], new byte[0], new byte[] {9}));
        peer.sendFrames("server", frames);
        assertThat(reply(request)).isEqualTo("x");
        assertThat(bed.endpoint("DEALER").getLostReplies()).isEqualTo(2);
    }

    @Test
    void errorReplyFailsTheExchange() throws Exception {
        bed.sending("zeromq:" + binds("REP") + "?socketType=DEALER");
        CompletableFuture<Exchange> request = request("x");
        peer.receive("server");
        peer.send("server", "ERROR");
        assertThat(request.get().getException())
                .isInstanceOf(CamelExchangeException.class)
                .hasMessageContaining("errorReply");
    }

    @Test
    void inOnlyIsDoneWhenTheSocketHasTakenIt() throws Exception {
        bed.sending("zeromq:" + binds("REP") + "?socketType=DEALER");
        assertThat(bed.send(ExchangePattern.InOnly, "x").get().getMessage().getBody())
                .isEqualTo("x");
        assertThat(peer.receive("server")).containsExactly("x");
        peer.send("server", "re x");
        await().until(() -> bed.endpoint("DEALER").getLostReplies() == 1);
    }

    @Test
    void serverThatDiesAndComesBackIsFoundAgain() throws Exception {
        String address = binds("REP");
        bed.sending("zeromq:" + address + "?socketType=REQ&requestTimeout=3000");
        CompletableFuture<Exchange> lost = request("lost");
        peer.receive("server");
        peer.kill();
        assertThat(lost.get().getException()).isInstanceOf(ExchangeTimedOutException.class);
        try (LibzmqPeer next = LibzmqPeer.start()) {
            next.open("server", "REP", "bind", address);
            await().until(() -> bed.endpoint("REQ").getConnections() >= 2);
            CompletableFuture<Exchange> found = request("found");
            assertThat(next.receive("server")).containsExactly("found");
            next.send("server", "yes");
            assertThat(reply(found)).isEqualTo("yes");
        }
    }

    @Test
    void whatStillWaitsWhenTheRouteStopsFails() throws Exception {
        bed.context.getShutdownStrategy().setTimeout(1);
        bed.sending("zeromq:" + binds("ROUTER") + "?socketType=DEALER");
        CompletableFuture<Exchange> request = request("x");
        peer.receive("server");
        bed.context.stop();
        assertThat(request.get().getException()).hasMessageContaining("closed before the reply");
    }

    @Test
    void restOfARouteMayWaitForTheSameSocket() throws Exception {
        bed.context.getRegistry().bind("again", (org.apache.camel.Processor)
                exchange -> exchange.getMessage().setBody(bed.template.requestBody("direct:inner", "inner")));
        bed.routes("""
                - route: {from: {uri: direct:in, steps: [{to: 'zeromq:%1$s?socketType=DEALER'}, {process: {ref: again}}]}}
                - route: {from: {uri: direct:inner, steps: [{to: 'zeromq:%1$s?socketType=DEALER'}]}}
                """.formatted(binds("REP")));
        CompletableFuture<Exchange> request = request("outer");
        for (String expected : List.of("outer", "inner")) {
            assertThat(peer.receive("server")).containsExactly(expected);
            peer.send("server", "re " + expected);
        }
        assertThat(reply(request)).isEqualTo("re inner");
    }
}

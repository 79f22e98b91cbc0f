// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PUB and SUB, with libzmq at the other end. */
class PubSubTest {
    private final Testbed bed = new Testbed();
    private final LibzmqPeer peer = LibzmqPeer.start();

    @AfterEach
    void stop() throws Exception {
        bed.close();
        peer.close();
    }

    /** Until the subscription of the libzmq socket has arrived, which nobody tells a PUB. */
    private void awaitSubscriber(String name) {
        await().until(() -> {
            bed.template.sendBodyAndHeader("direct:in", "?", ZeroMqConstants.TOPIC, "probe");
            return !peer.isSilent(name, 10);
        });
        while (!peer.isSilent(name, 200)) {
            // more probes
        }
    }

    @Test
    void pubBindsAndTopicsAreTheFirstFrame() throws Exception {
        bed.sending("zeromq:tcp://127.0.0.1:*?socketType=PUB&bind=true&topic=fixed");
        peer.open("sub", "SUB", "connect", bed.bound("PUB"), "subscribe=probe", "subscribe=fi", "subscribe=header");
        awaitSubscriber("sub");
        bed.template.sendBody("direct:in", "a");
        bed.template.sendBodyAndHeader("direct:in", List.of("b", "c"), ZeroMqConstants.TOPIC, "header-1");
        bed.template.sendBodyAndHeader("direct:in", "d", ZeroMqConstants.TOPIC, "other");
        bed.template.sendBody("direct:in", "e");
        assertThat(peer.receive("sub")).containsExactly("fixed", "a");
        assertThat(peer.receive("sub")).containsExactly("header-1", "b", "c");
        assertThat(peer.receive("sub")).containsExactly("fixed", "e");
    }

    @Test
    void topicMayBeAnExpression() throws Exception {
        bed.sending("zeromq:tcp://127.0.0.1:*?socketType=PUB&bind=true&topic=${header.city}.${body}");
        peer.open("sub", "SUB", "connect", bed.bound("PUB"));
        awaitSubscriber("sub");
        bed.template.sendBodyAndHeaders("direct:in", "x", Map.of("city", "Berlin"));
        assertThat(peer.receive("sub")).containsExactly("Berlin.x", "x");
    }

    @Test
    void subConnectsAndPutsTheTopicIntoTheHeader() throws Exception {
        String address = peer.open("pub", "PUB", "bind", "tcp://127.0.0.1:*");
        bed.receiving("zeromq:" + address + "?socketType=SUB&topics=a,b");
        await().until(() -> {
            peer.send("pub", "b1", "body");
            return !bed.taken().isEmpty();
        });
        assertThat(bed.taken()).contains(new Testbed.Taken("body", "b1"));
        peer.send("pub", "c", "not wanted");
        peer.send("pub", "alone");
        await().until(() -> bed.taken().contains(new Testbed.Taken("alone", null)));
        assertThat(bed.taken()).extracting(Testbed.Taken::topic).doesNotContain("c");
    }

    @Test
    void noDropHoldsTheRouteBackUntilTheSubscriberReads() throws Exception {
        bed.sending("zeromq:tcp://127.0.0.1:*?socketType=PUB&bind=true&noDrop=true&sendHwm=10");
        peer.open("sub", "SUB", "connect", bed.bound("PUB"), "rcvhwm=10", "rcvbuf=4096");
        awaitSubscriber("sub");
        int count = 10_000;
        var sent = IntStream.range(0, count)
                .mapToObj(i -> bed.send(ExchangePattern.InOnly, List.of(new byte[5_000], String.valueOf(i))))
                .toList();
        assertThat(bed.awaitStandstill("PUB")).isLessThan(count);
        assertThat(sent.get(count - 1)).isNotDone();
        assertThat(peer.take("sub", count)).startsWith(count + " ");
        await().until(() -> sent.get(count - 1).isDone());
        assertThat(bed.endpoint("PUB").getDropped()).isZero();
    }

    @Test
    void withoutNoDropASlowSubscriberMissesMessagesAndTheyAreNoticed() throws Exception {
        bed.sending("zeromq:tcp://127.0.0.1:*?socketType=PUB&bind=true&sendHwm=10");
        peer.open("sub", "SUB", "connect", bed.bound("PUB"), "rcvhwm=10");
        awaitSubscriber("sub");
        await().until(() -> {
            for (int i = 0; i < 1_000; i++) {
                bed.template.sendBody("direct:in", "x".repeat(10_000));
            }
            return bed.endpoint("PUB").getDropped() > 0;
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bounds, order, suspending and stopping of a consumer. */
class ConsumerLifeTest {
    private static final String PULL = "zeromq:tcp://127.0.0.1:*?bind=true&socketType=PULL";

    private final Testbed bed = new Testbed();
    private final LibzmqPeer peer = LibzmqPeer.start();
    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger entered = new AtomicInteger();

    ConsumerLifeTest() {
        bed.context.getRegistry().bind("gate", (Processor) exchange -> {
            entered.incrementAndGet();
            gate.acquire();
        });
    }

    @AfterEach
    void stop() throws Exception {
        gate.release(1_000_000);
        bed.close();
        peer.close();
    }

    private void gated(String options) throws Exception {
        bed.routes("- route: {id: gated, from: {uri: '" + PULL + options
                + "', steps: [{process: {ref: gate}}, {process: {ref: sink}}]}}");
        peer.open("push", "PUSH", "connect", bed.bound("PULL"), "sndhwm=100000");
    }

    @Test
    void receivesNoMoreThanMayBeInFlight() throws Exception {
        gated("&maxInFlight=8&receiveHwm=1");
        assertThat(peer.burst("push", 0, 5_000)).isEqualTo(5_000);
        await().until(() -> bed.endpoint("PULL").getReceived() == 8 && entered.get() == 1);
        gate.release(5_000);
        await().until(() -> bed.taken().size() == 5_000);
        assertThat(bed.taken())
                .extracting(Testbed.Taken::body)
                .isEqualTo(IntStream.range(0, 5_000).mapToObj(String::valueOf).toList());
    }

    @Test
    void concurrentConsumersWorkSideBySide() throws Exception {
        gated("&concurrentConsumers=3");
        peer.burst("push", 0, 5);
        await().until(() -> entered.get() == 3);
        gate.release(5);
        await().until(() -> bed.taken().size() == 5);
    }

    @Test
    void suspendedItReceivesNothingAndResumedAll() throws Exception {
        bed.receiving(PULL);
        peer.open("push", "PUSH", "connect", bed.bound("PULL"));
        peer.burst("push", 0, 10);
        await().until(() -> bed.taken().size() == 10);
        bed.context.getRouteController().suspendRoute("receiving");
        long received = bed.endpoint("PULL").getReceived();
        peer.burst("push", 10, 10);
        peer.isSilent("push", 200);
        assertThat(bed.endpoint("PULL").getReceived()).isEqualTo(received);
        bed.context.getRouteController().resumeRoute("receiving");
        await().until(() -> bed.taken().size() == 20);
    }

    @Test
    void gracefulStopWaitsForAllThatWasReceived() throws Exception {
        gated("");
        peer.burst("push", 0, 100);
        await().until(() -> bed.endpoint("PULL").getReceived() == 100);
        Thread stopping = new Thread(bed.context::stop);
        stopping.start();
        await().until(() ->
                bed.context.getRouteController().getRouteStatus("gated").isSuspended() || bed.context.isStopping());
        gate.release(100);
        stopping.join();
        assertThat(bed.taken()).hasSize(100);
    }

    @Test
    void requestUnderWayIsAnsweredBeforeTheStop() throws Exception {
        bed.routes("- route: {from: {uri: 'zeromq:tcp://127.0.0.1:*?bind=true&socketType=REP',"
                + " steps: [{process: {ref: gate}}]}}");
        peer.open("req", "REQ", "connect", bed.bound("REP"));
        peer.send("req", "last words");
        await().until(() -> entered.get() == 1);
        Thread stopping = new Thread(bed.context::stop);
        stopping.start();
        await().until(bed.context::isStopping);
        gate.release();
        assertThat(peer.receive("req")).isEqualTo(List.of("last words"));
        stopping.join();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.component.lcap.server.Peer;
import io.github.camellustre.lcap.wire.GroupName;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.test.AvailablePortFinder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exchanges into groups, through routes. */
class LcapRouteTest {
    private static final String MDT = "fs-MDT0000";

    private final int port = AvailablePortFinder.getNextAvailable();
    private final CamelContext context = new DefaultCamelContext();
    private ProducerTemplate sender;

    @BeforeEach
    void start() {
        context.getShutdownStrategy().setTimeout(20);
        sender = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void route(String from, String... to) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId(from).to(to);
            }
        });
        context.start();
    }

    private String lcap(String rest) {
        return "lcap:127.0.0.1:" + port + rest;
    }

    private static ChangelogRecord record(String mdt, long index) {
        return new RecordBuilder(RecordType.CREAT)
                .index(index)
                .target(0x200000402L, (int) index, 0)
                .name("f" + index)
                .build(mdt);
    }

    private CompletableFuture<Exchange> send(String to, Object body) {
        return sender.asyncSend(to, exchange -> exchange.getMessage().setBody(body));
    }

    @Test
    void completesWhenAReaderHasAcknowledged() throws Exception {
        route("direct:a", lcap(""));
        CompletableFuture<Exchange> exchange =
                send("direct:a", ChangelogBatch.of(List.of(record(MDT, 1), record(MDT, 2))));
        try (Peer peer = new Peer(port, MDT)) {
            assertThat(peer.start(0)).isZero();
            assertThat(peer.records()).hasSize(2);
            assertThat(peer.clear(1)).isZero();
            assertThat(exchange).isNotDone();
            assertThat(peer.clear(2)).isZero();
            assertThat(exchange.get(30, TimeUnit.SECONDS).getException()).isNull();
            assertThat(peer.fini()).isZero();
        }
    }

    @Test
    void takesRecordsListsAndEmptyBatches() throws Exception {
        route("direct:a", lcap("/g"));
        assertThat(send("direct:a", ChangelogBatch.empty())
                        .get(30, TimeUnit.SECONDS)
                        .getException())
                .isNull();
        assertThat(send("direct:a", "text").get(30, TimeUnit.SECONDS).getException())
                .hasMessageContaining("java.lang.String");
        CompletableFuture<Exchange> one = send("direct:a", record(MDT, 1));
        CompletableFuture<Exchange> mixed = send("direct:a", List.of(record(MDT, 2), record("fs-MDT0001", 7)));
        try (Peer first = new Peer(port, MDT);
                Peer second = new Peer(port, "fs-MDT0001")) {
            first.start(0, new GroupName("g"));
            second.start(0, new GroupName("g"));
            assertThat(first.records()).hasSize(2);
            assertThat(first.clear(2)).isZero();
            one.get(30, TimeUnit.SECONDS);
            assertThat(mixed).isNotDone();
            assertThat(second.records()).hasSize(1);
            assertThat(second.clear(7)).isZero();
            assertThat(mixed.get(30, TimeUnit.SECONDS).getException()).isNull();
            first.fini();
            second.fini();
        }
    }

    @Test
    void groupsOfOneAddressEachGetEverything() throws Exception {
        route("direct:a", lcap("/one"), lcap("/two"));
        CompletableFuture<Exchange> exchange = send("direct:a", record(MDT, 1));
        for (String group : List.of("one", "two")) {
            assertThat(exchange).isNotDone();
            try (Peer peer = new Peer(port, MDT)) {
                peer.start(0, new GroupName(group));
                assertThat(peer.records()).hasSize(1);
                assertThat(peer.clear(1)).isZero();
                peer.fini();
            }
        }
        assertThat(exchange.get(30, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    void aStopGivesUpWhatNobodyReads() throws Exception {
        List<Exchange> dead = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead"));
                from("direct:dead").process(dead::add);
                from("direct:a").to(lcap(""));
            }
        });
        context.start();
        CompletableFuture<Exchange> exchange = send("direct:a", record(MDT, 1));
        await().until(() -> context.getInflightRepository().size() == 1);
        context.stop();
        assertThat(context.getShutdownStrategy().isTimeoutOccurred())
                .as("Camel had to wait until its time-out")
                .isFalse();
        assertThat(exchange.get(30, TimeUnit.SECONDS).isRollbackOnly()).isTrue();
        assertThat(exchange.get().getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessageContaining("no reader is there");
        assertThat(dead).as("dead letters").isEmpty();
    }

    @Test
    void aRouteThatStopsAloneGivesUpWhatNobodyReads() throws Exception {
        route("direct:a", lcap(""));
        CompletableFuture<Exchange> exchange = send("direct:a", record(MDT, 1));
        await().until(() -> context.getInflightRepository().size() == 1);
        context.getRouteController().stopRoute("direct:a");
        assertThat(context.getShutdownStrategy().isTimeoutOccurred())
                .as("Camel had to wait until its time-out")
                .isFalse();
        assertThat(exchange.get(30, TimeUnit.SECONDS).isRollbackOnly()).isTrue();

        context.getRouteController().startRoute("direct:a");
        CompletableFuture<Exchange> next = send("direct:a", record(MDT, 1));
        try (Peer peer = new Peer(port, MDT)) {
            assertThat(peer.start(0)).isZero();
            assertThat(peer.records()).hasSize(1);
            assertThat(peer.clear(1)).isZero();
            assertThat(next.get(30, TimeUnit.SECONDS).isRollbackOnly()).isFalse();
            assertThat(peer.fini()).isZero();
        }
    }

    @Test
    void ipv6() throws Exception {
        route("direct:a", "lcap:[::1]:" + port + "/g");
        CompletableFuture<Exchange> exchange = send("direct:a", record(MDT, 1));
        try (Peer peer = new Peer("[::1]", port, MDT, socket -> {})) {
            assertThat(peer.start(0, new GroupName("g"))).isZero();
            assertThat(peer.records()).hasSize(1);
            assertThat(peer.clear(1)).isZero();
            assertThat(exchange.get(30, TimeUnit.SECONDS).getException()).isNull();
            assertThat(peer.fini()).isZero();
        }
    }

    @Test
    void withoutAcknowledgementAnExchangeWaitsForNobody() throws Exception {
        route("direct:a", lcap("/live?ack=none"));
        assertThat(send("direct:a", record(MDT, 1)).get(30, TimeUnit.SECONDS).getException())
                .isNull();
        try (Peer one = new Peer(port, MDT);
                Peer two = new Peer(port, MDT)) {
            for (Peer peer : List.of(one, two)) {
                assertThat(peer.start(0, new GroupName("live"))).isZero();
            }
            assertThat(send("direct:a", ChangelogBatch.of(List.of(record(MDT, 2), record(MDT, 3))))
                            .get(30, TimeUnit.SECONDS)
                            .getException())
                    .isNull();
            for (Peer peer : List.of(one, two)) {
                // each has all since it came; the first one was before
                assertThat(peer.records()).extracting(ChangelogRecord::index).containsExactly(2L, 3L);
                assertThat(peer.clear(0)).isZero();
                assertThat(peer.fini()).isZero();
            }
        }
    }

    @Test
    void whatJmxShows() throws Exception {
        route("direct:a", lcap("/seen"));
        CompletableFuture<Exchange> exchange =
                send("direct:a", ChangelogBatch.of(List.of(record(MDT, 1), record(MDT, 2))));
        try (Peer peer = new Peer(port, MDT)) {
            peer.start(0, new GroupName("seen"));
            assertThat(peer.records()).hasSize(2);
            assertThat(peer.clear(1)).isZero();
            awaitAttributes(Map.of("Offered", 2L, "Sent", 2L, "Acknowledged", 1L, "Held", 1L, "Readers", 1L));
            assertThat(peer.clear(2)).isZero();
            exchange.get(30, TimeUnit.SECONDS);
            assertThat(peer.fini()).isZero();
            awaitAttributes(Map.of("Acknowledged", 2L, "Held", 0L, "Readers", 0L, "Failed", 0L));
        }
    }

    private void awaitAttributes(Map<String, Long> expected) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = beans.queryNames(new ObjectName("org.apache.camel:type=endpoints,*"), null).stream()
                .filter(bean -> bean.getKeyProperty("name").contains("lcap://127.0.0.1:" + port))
                .findAny()
                .orElseThrow();
        for (Map.Entry<String, Long> attribute : expected.entrySet()) {
            await(attribute.getKey())
                    .until(() -> beans.getAttribute(name, attribute.getKey()), attribute.getValue()::equals);
        }
    }

    @Test
    void endpointsThatDoNotAgree() throws Exception {
        route("direct:a", lcap("/g?maxBatch=10"));
        assertThatThrownBy(() -> route("direct:b", lcap("/g?maxBatch=11")))
                .rootCause()
                .hasMessageContaining("other options");
        assertThatThrownBy(() -> route("direct:c", lcap("/h?serverCertificate=x&clientCertificates=y")))
                .rootCause()
                .hasMessageContaining("an address has one certificate");
    }
}

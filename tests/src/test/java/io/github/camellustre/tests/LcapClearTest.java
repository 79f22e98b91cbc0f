// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ack.LedgerStatus;
import io.github.camellustre.component.lustre.LustreComponent;
import io.github.camellustre.lcap.LcapReader;
import io.github.camellustre.lcap.wire.Start;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.test.AvailablePortFinder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route from lustre: to lcap: clears what readers have acknowledged, and nothing else. */
class LcapClearTest {
    private static final int RECORDS = 500;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int port = AvailablePortFinder.getNextAvailable();
    private DefaultCamelContext context;

    @BeforeEach
    void start() throws Exception {
        context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lustre:*?source=RAW(simulator:mdts=1,records=" + RECORDS
                                + ",rate=0)&user=cl1&repository=memory&clearInterval=20")
                        .routeId("r")
                        .to("lcap:127.0.0.1:" + port);
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private LcapReader reader() throws Exception {
        return LcapReader.builder()
                .server("tcp://127.0.0.1:" + port)
                .mdt("lustre-MDT0000")
                .flags(Start.FOLLOW)
                .start();
    }

    private LedgerStatus ledger() {
        return context.getComponent("lustre", LustreComponent.class)
                .status()
                .get(0)
                .ledger();
    }

    @Test
    void clearsWhatReadersHaveAcknowledged() throws Exception {
        await().atMost(LIMIT).until(() -> ledger().readIndex() == RECORDS);
        long middle;
        try (LcapReader reader = reader()) {
            ChangelogBatch batch = reader.receiveBatch();
            assertThat(ledger().cleared()).isZero();
            middle = batch.get((batch.size() - 1) / 2).index();
            reader.clear(middle);
        }
        await().atMost(LIMIT).until(() -> ledger().cleared() == middle);
        try (LcapReader reader = reader()) {
            for (long received = middle; received < RECORDS; ) {
                received += reader.receiveBatch().size();
                reader.clear();
            }
        }
        await().atMost(LIMIT).until(() -> ledger().cleared() == RECORDS);
    }
}

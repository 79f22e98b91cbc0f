// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.reader.MdtStatus;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** The main job: every record of a source comes into the route once and in order, and is cleared behind it. */
class LustreRouteTest {
    private static final String SOURCE = "simulator:mdts=2,records=5000,rate=0";

    @Test
    void deliversAndClearsAllRecordsOfAFiniteSource() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            List<ChangelogRecord> seen = new ArrayList<>();
            context.getRegistry().bind("seen", (org.apache.camel.Processor) exchange -> {
                synchronized (seen) {
                    seen.add(exchange.getIn().getBody(ChangelogRecord.class));
                }
            });
            YamlRoutes.load(context, """
                    - route:
                        id: all
                        from:
                          uri: lustre:lustre-MDT*
                          parameters:
                            source: %s
                            user: cl1
                            repository: memory
                          steps:
                            - process: {ref: seen}
                    """.formatted(SOURCE));
            context.start();
            LustreComponent lustre = context.getComponent("lustre", LustreComponent.class);
            await().until(lustre::isComplete);

            assertThat(seen).hasSize(10_000);
            assertThat(seen.stream()
                            .filter(record -> record.mdt().equals("lustre-MDT0001"))
                            .map(ChangelogRecord::index))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(lustre.status()).extracting(MdtStatus::mdt).containsExactly("lustre-MDT0000", "lustre-MDT0001");
            assertThat(lustre.status())
                    .allSatisfy(status -> assertThat(status.ledger().cleared()).isEqualTo(5_000));
            assertThat(lustre.isAcknowledged("all", "lustre-MDT0000", 5_000)).isTrue();
        }
    }

    @Test
    void aggregatesHoldUntilDelivered() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            YamlRoutes.load(context, """
                    - route:
                        id: agg
                        from:
                          uri: lustre:lustre-MDT*
                          parameters:
                            source: %s
                            user: cl1
                            repository: memory
                          steps:
                            - filter:
                                simple: "${header.CamelLustreType} == 'CREAT'"
                                steps:
                                  - aggregate:
                                      correlationExpression: {constant: "true"}
                                      completionSize: 1000
                                      aggregationStrategy: "#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy"
                                      steps:
                                        - to: "mock:out"
                    """.formatted(SOURCE));
            context.start();
            LustreComponent lustre = context.getComponent("lustre", LustreComponent.class);
            await().until(lustre::isComplete);
            assertThat(lustre.status())
                    .allSatisfy(status -> assertThat(status.ledger().cleared()).isEqualTo(5_000));
        }
    }
}

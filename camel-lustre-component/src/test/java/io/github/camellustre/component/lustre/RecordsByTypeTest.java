// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsByTypeTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachPartHasOneTypeAndTheirHeadersSayWhich(boolean batching) throws Exception {
        List<Message> parts = run(batching, "");

        List<Long> indexes = new ArrayList<>();
        for (Message part : parts) {
            ChangelogBatch records = part.getBody(ChangelogBatch.class);
            assertThat(records).isNotEmpty().allSatisfy(record -> {
                assertThat(record.type()).hasToString(part.getHeader(LustreConstants.TYPE, String.class));
                assertThat(record.mdt()).isEqualTo(part.getHeader(LustreConstants.MDT));
            });
            assertThat(part.getHeader(LustreConstants.COUNT)).isEqualTo(records.size());
            assertThat(records.stream().map(ChangelogRecord::index)).isSorted();
            records.forEach(record -> indexes.add(record.index()));
        }
        assertThat(indexes)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 2_000).boxed().toList());
        assertThat(parts).hasSizeLessThan(batching ? 300 : 2_001);
    }

    @Test
    void partsAreByMdtAndTypeInTheOrderOfTheirFirstRecords() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage()
                    .setBody(List.of(
                            record("fs-MDT0000", RecordType.CREAT, 1),
                            record("fs-MDT0001", RecordType.CREAT, 1),
                            record("fs-MDT0000", RecordType.UNLNK, 2),
                            record("fs-MDT0000", RecordType.CREAT, 3)));

            List<?> parts = (List<?>) new RecordsByType().evaluate(exchange);

            assertThat(parts)
                    .extracting(part -> ((Message) part).getBody())
                    .containsExactly(
                            List.of(
                                    record("fs-MDT0000", RecordType.CREAT, 1),
                                    record("fs-MDT0000", RecordType.CREAT, 3)),
                            List.of(record("fs-MDT0001", RecordType.CREAT, 1)),
                            List.of(record("fs-MDT0000", RecordType.UNLNK, 2)));
            assertThat(parts)
                    .extracting(part -> ((Message) part).getHeader(LustreConstants.MDT))
                    .containsExactly("fs-MDT0000", "fs-MDT0001", "fs-MDT0000");
        }
    }

    private static ChangelogRecord record(String mdt, RecordType type, long index) {
        return new RecordBuilder()
                .reset(type.number())
                .index(index)
                .name(new byte[] {'a'})
                .build(mdt);
    }

    @Test
    void whatIsNoRecordFailsAndIsNotCleared() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            start(context, true, "- setBody: {constant: text}", exchange -> {});
            LustreComponent lustre = context.getComponent("lustre", LustreComponent.class);
            await().until(() -> !lustre.status().isEmpty()
                    && lustre.status().get(0).consumers().get(0).failed() > 0);
            assertThat(lustre.status().get(0).ledger().cleared()).isZero();
        }
    }

    private static List<Message> run(boolean batching, String before) throws Exception {
        List<Message> parts = new ArrayList<>();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            start(context, batching, before, exchange -> parts.add(exchange.getIn()));
            LustreComponent lustre = context.getComponent("lustre", LustreComponent.class);
            await().until(lustre::isComplete);
            assertThat(lustre.status().get(0).ledger().cleared()).isEqualTo(2_000);
        }
        return parts;
    }

    private static void start(DefaultCamelContext context, boolean batching, String before, Processor part)
            throws Exception {
        context.getRegistry().bind("part", part);
        YamlRoutes.load(context, """
                - route:
                    id: types
                    from:
                      uri: lustre:*
                      parameters:
                        source: simulator:mdts=1,records=2000,rate=0
                        user: cl1
                        repository: memory
                        batching: %s
                      steps:
                        %s
                        - split:
                            expression: {ref: lustreByType}
                            steps:
                              - process: {ref: part}
                """.formatted(batching, before));
        context.start();
    }
}

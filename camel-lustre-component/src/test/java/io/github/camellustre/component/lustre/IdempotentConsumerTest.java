// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record counts as seen when it has been delivered, not before: else it would be dropped when it comes again. */
class IdempotentConsumerTest {
    private static final String STEP = """
            - idempotentConsumer:
                simple: "${header.CamelLustreIndex}"
                idempotentRepository: seen
            %s
                steps:
            %s
            """;
    private static final String AGGREGATE = Testbed.aggregate(
            Testbed.GROUP + "\ncompletionSize: 4\ncompletionTimeout: 50\ncompletionTimeoutCheckerInterval: 20");

    /** The key of a group. */
    public static final class Indexes {
        public String of(List<ChangelogRecord> group) {
            return group.stream().map(record -> "" + record.index()).collect(Collectors.joining(" "));
        }
    }

    private static Testbed bed(String options, String steps) {
        return new Testbed()
                .bind("seen", new MemoryIdempotentRepository())
                .bind("dropsExceptions", (AggregationStrategy) (oldExchange, newExchange) -> {
                    newExchange.setException(null);
                    return newExchange;
                })
                .with("- route: {from: {uri: \"seda:sink?pollTimeout=20\", steps: [{process: {ref: sink}}]}}")
                .with("- route: {from: {uri: \"seda:other?pollTimeout=20\", steps: [{process: {ref: other}}]}}")
                .route(STEP.formatted(
                        options.indent(4).stripTrailing(), steps.indent(6).stripTrailing()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eager: true", "eager: false", "completionEager: true", "skipDuplicate: false"})
    void beforeAnAggregator(String options) throws Exception {
        try (Testbed bed = bed(options, AGGREGATE)) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- multicast: {aggregationStrategy: dropsExceptions, steps: [{process: {ref: sink}}]}",
                "- to: seda:sink",
                "- to: seda:other\n- to: seda:sink",
                "- process: {ref: sink}"
            })
    void beforeOtherSteps(String steps) throws Exception {
        try (Testbed bed = bed("completionEager: true", steps)) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    /** The key names all records of the group: after a failure other records may follow the same first one. */
    @Test
    void behindAnAggregator() throws Exception {
        try (Testbed bed = new Testbed()
                .bind("seen", new MemoryIdempotentRepository())
                .bind("indexes", new Indexes())
                .route("""
                        - aggregate:
                            correlationExpression: {constant: "true"}
                            %s
                            completionSize: 4
                            steps:
                              - idempotentConsumer:
                                  method: {ref: indexes}
                                  idempotentRepository: seen
                                  steps: [{process: {ref: sink}}]
                        """.formatted(Testbed.GROUP))) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    @Test
    void inATemplate() throws Exception {
        try (Testbed bed = new Testbed()
                .bind("seen", new MemoryIdempotentRepository())
                .with("""
                - routeTemplate:
                    id: once
                    parameters: [{name: keys}]
                    route:
                      from:
                        uri: direct:once
                        steps:
                          - idempotentConsumer:
                              simple: "${header.CamelLustreIndex}"
                              idempotentRepository: "{{keys}}"
                              steps:
                %s
                - templatedRoute: {routeTemplateRef: once, parameters: [{name: keys, value: seen}]}
                """.formatted(AGGREGATE.indent(16).stripTrailing()))
                .route("- to: direct:once")) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    /** What Lustre's records were acknowledged is known without any repository. */
    @Test
    void acknowledgedRecords() throws Exception {
        try (Testbed bed = new Testbed().route("""
                - idempotentConsumer:
                    simple: "r/${header.CamelLustreMdt}/${header.CamelLustreIndex}"
                    idempotentRepository: lustreAcknowledged
                    steps:
                %s
                """.formatted(AGGREGATE.indent(6).stripTrailing()))) {
            bed.holdsFailsAndRecoversUnordered();
        }
    }

    @Test
    void keysOnDiskAreThoseOfDeliveredRecords(@TempDir Path folder) throws Exception {
        File file = folder.resolve("keys").toFile();
        try (Testbed bed = new Testbed()
                .bind("disk", FileIdempotentRepository.fileIdempotentRepository(file))
                .route(STEP.replace("seen", "disk")
                        .formatted("    eager: false", AGGREGATE.indent(6).stripTrailing()))) {
            bed.source.write(4);
            bed.sink.hold();
            bed.start();
            bed.awaitArrival();
            bed.staysUnacknowledged();
            assertThat(file).isEmpty();
            bed.sink.take();
            bed.awaitAllCleared();
            assertThat(Files.readAllLines(file.toPath())).containsExactlyInAnyOrder("1", "2", "3", "4");
        }
    }
}

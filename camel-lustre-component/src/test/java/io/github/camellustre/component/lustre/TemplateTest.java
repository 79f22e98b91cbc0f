// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.Test;

/** The same in routes that are made from templates, and in routes that come and go. */
class TemplateTest {
    private static final String TEMPLATE = """
            - routeTemplate:
                id: grouping
                parameters: [{name: name}, {name: size}, {name: to}, {name: strategy}]
                route:
                  from:
                    uri: "direct:{{name}}"
                    steps:
                      - aggregate:
                          correlationExpression: {constant: "true"}
                          aggregationStrategy: "{{strategy}}"
                          completionSize: "{{size}}"
                          steps:
                            - to: "bean:{{to}}"
            """;

    private static String of(String name, int size, String to, String strategy) {
        return """
                - templatedRoute:
                    routeTemplateRef: grouping
                    parameters:
                      - {name: name, value: %s}
                      - {name: size, value: %d}
                      - {name: to, value: %s}
                      - {name: strategy, value: "%s"}
                """.formatted(name, size, to, strategy);
    }

    @Test
    void aggregatorsOfOneTemplateAreApart() throws Exception {
        try (Testbed bed = new Testbed()
                .bind("mine", new GroupedBodyAggregationStrategy())
                .with(TEMPLATE)
                .with(of("a", 4, "sink", "mine"))
                .with(of("b", 3, "other", "#class:" + GroupedBodyAggregationStrategy.class.getName()))
                .route("- multicast: {steps: [{to: direct:a}, {to: direct:b}]}")) {
            bed.holdsFailsAndRecovers();
            assertThat(bed.sink.sizes()).contains(4);
            assertThat(bed.other.sizes()).contains(3);
        }
    }

    @Test
    void groupsOfARemovedRouteAreDeliveredByTheNewOne() throws Exception {
        String grouping = """
                - route:
                    id: grouping
                    from:
                      uri: direct:grouping
                      steps:
                        - aggregate:
                            correlationExpression: {constant: "true"}
                            %s
                            completionSize: %d
                            steps: [{process: {ref: sink}}]
                """;
        try (Testbed bed =
                new Testbed().with(grouping.formatted(Testbed.GROUP, 1_000)).route("- to: direct:grouping")) {
            bed.source.write(24);
            bed.start();
            bed.awaitWaiting(24);
            bed.context.getRouteController().stopRoute("grouping");
            bed.context.removeRoute("grouping");
            await().until(() -> bed.consumer("r").failed() > 0);
            YamlRoutes.load(bed.context, grouping.formatted(Testbed.GROUP, 4));
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsAll(Testbed.indexes(1, 24));
        }
    }
}

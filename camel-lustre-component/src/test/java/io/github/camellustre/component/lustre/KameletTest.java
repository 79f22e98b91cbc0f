// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record in a kamelet is held like one in the route that uses it. */
class KameletTest {
    private static final String KAMELET = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: %s
              labels: {camel.apache.org/kamelet.type: action}
            spec:
              definition:
                title: A test's kamelet
                required: [size]
                properties:
                  size: {title: Size, type: integer}
              template:
                from:
                  uri: kamelet:source
                  steps:
            %s
            """;
    private static final String GROUPS = """
            - aggregate:
                correlationExpression: {constant: "true"}
                %s
                completionSize: "{{size}}"
                steps:
                  - to: %s
            """;

    @TempDir
    Path folder;

    private Testbed bed(String steps, String use) throws Exception {
        Files.writeString(
                folder.resolve("grouping-action.kamelet.yaml"),
                KAMELET.formatted("grouping-action", steps.indent(8).stripTrailing()));
        Testbed bed = new Testbed().route(use);
        bed.context.getComponent("kamelet", KameletComponent.class).setLocation("file:" + folder);
        return bed;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- to: \"kamelet:grouping-action?size=4\"",
                "- toD: \"kamelet:grouping-action?size=4\"",
                "- kamelet: {name: grouping-action, parameters: {size: 4}}",
                "- multicast: {steps: [{to: \"kamelet:grouping-action?size=4\"}, {to: \"mock:a\"}]}"
            })
    void thatGroupsAndDelivers(String use) throws Exception {
        try (Testbed bed = bed(GROUPS.formatted(Testbed.GROUP, "bean:sink"), use)) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void thatGroupsAndHandsOn() throws Exception {
        try (Testbed bed = bed(GROUPS.formatted(Testbed.GROUP, "kamelet:sink"), """
                - kamelet:
                    name: grouping-action
                    parameters: {size: 4}
                    steps:
                      - process: {ref: sink}
                """)) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void beforeAnAggregator() throws Exception {
        try (Testbed bed = bed(
                "- setHeader: {name: size, constant: \"{{size}}\"}",
                """
                - to: "kamelet:grouping-action?size=4"
                """ + Testbed.aggregate(Testbed.GROUP + "\ncompletionSize: 4"))) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void withAWireTapInside() throws Exception {
        try (Testbed bed = bed("- wireTap: {uri: \"mock:a\"}\n- to: bean:sink", """
                - to: "kamelet:grouping-action?size=4"
                """)) {
            bed.holdsFailsAndRecovers();
        }
    }

    @Test
    void thatIsNotSafe() throws Exception {
        try (Testbed bed = bed(
                "- recipientList: {constant: \"mock:{{size}}\", ignoreInvalidEndpoints: true}",
                "- to: \"kamelet:grouping-action?size=4\"")) {
            assertThatThrownBy(bed::start).hasStackTraceContaining("Remove the option");
        }
    }
}

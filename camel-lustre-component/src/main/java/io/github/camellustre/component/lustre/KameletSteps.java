// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static io.github.camellustre.component.lustre.token.RouteSteps.find;
import static org.apache.camel.model.ProcessorDefinitionHelper.filterTypeInOutputs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * Kamelets that hand on something else than what came, as windows or parts of a batch: only the steps inside a step
 * {@code kamelet} get that, among them all that follow it in YAML. Those behind {@code to: kamelet:...} would get each
 * exchange as it came, and what the kamelet made of it would go nowhere.
 */
final class KameletSteps {
    private KameletSteps() {}

    /** Name of a kamelet that this route calls without steps though it needs some; empty if there is none. */
    static Optional<String> missing(KameletCalls kamelets, RouteDefinition route) {
        List<ProcessorDefinition<?>> calls = new ArrayList<>(find(route, ToDefinition.class));
        find(route, KameletDefinition.class).stream()
                .filter(step -> step.getOutputs().isEmpty())
                .forEach(calls::add);
        return calls.stream()
                .flatMap(step -> kamelets.route(step).stream())
                .filter(KameletSteps::handsOnOther)
                .map(kamelet -> String.valueOf(kamelet.getTemplateParameters().get("templateId")))
                .findFirst();
    }

    private static boolean handsOnOther(RouteDefinition kamelet) {
        List<ProcessorDefinition<?>> makers = new ArrayList<>(find(kamelet, AggregateDefinition.class));
        makers.addAll(find(kamelet, SplitDefinition.class));
        return makers.stream()
                .flatMap(step -> filterTypeInOutputs(step.getOutputs(), ToDefinition.class).stream())
                .anyMatch(KameletCalls::isSink);
    }
}

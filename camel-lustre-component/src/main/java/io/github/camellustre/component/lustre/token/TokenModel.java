// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Processor;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.processor.aggregate.DefaultAggregateController;

/**
 * Teaches every route of a context to carry tokens: before a route is built, the strategies of its EIPs are wrapped.
 *
 * <p>All routes, not only those that begin with {@code lustre:}: a record goes on through direct, seda and kamelets. An
 * exchange without a token passes as it would without us.
 */
final class TokenModel extends ModelLifecycleStrategySupport {
    private final OpenGroups groups;

    TokenModel(OpenGroups groups) {
        this.groups = groups;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        List<ProcessorDefinition<?>> steps = route.getOutputs();
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, AggregateDefinition.class)
                .forEach(this::aggregate);
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, MulticastDefinition.class)
                .forEach(TokenModel::multicast);
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, RecipientListDefinition.class)
                .forEach(TokenModel::recipientList);
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, SplitDefinition.class)
                .forEach(TokenModel::split);
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, EnrichDefinition.class)
                .forEach(TokenModel::enrich);
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, PollEnrichDefinition.class)
                .forEach(TokenModel::pollEnrich);
    }

    private void aggregate(AggregateDefinition step) {
        AggregationStrategy bean = step.getAggregationStrategyBean();
        if (bean instanceof GroupStrategy) {
            return;
        }
        StrategyReference reference = new StrategyReference(
                bean,
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        if (!reference.isNamed()) {
            return;
        }
        step.setAggregationStrategy(new GroupStrategy(reference, step));
        if (step.getAggregateControllerBean() != null) {
            groups.add(step.getAggregateControllerBean());
        } else if (step.getAggregateController() == null) {
            DefaultAggregateController controller = new DefaultAggregateController();
            step.setAggregateController(controller);
            groups.add(controller);
        }
    }

    private static void multicast(MulticastDefinition step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        if (isToBeWrapped(reference)) {
            step.setAggregationStrategy(new BranchStrategy(reference));
        }
        if (step.getTimeout() != null && isToBeHeld(step.getOnPrepareProcessor())) {
            step.onPrepare(hold(step.getOnPrepareProcessor(), step.getOnPrepare()));
        }
    }

    private static void recipientList(RecipientListDefinition<?> step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        if (isToBeWrapped(reference)) {
            step.setAggregationStrategy(new BranchStrategy(reference));
        }
        if (step.getTimeout() != null && isToBeHeld(step.getOnPrepareProcessor())) {
            step.onPrepare(hold(step.getOnPrepareProcessor(), step.getOnPrepare()));
        }
    }

    private static void split(SplitDefinition step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        if (isToBeWrapped(reference)) {
            step.setAggregationStrategy(new BranchStrategy(reference));
        }
        if (step.getTimeout() != null && isToBeHeld(step.getOnPrepareProcessor())) {
            step.onPrepare(hold(step.getOnPrepareProcessor(), step.getOnPrepare()));
        }
    }

    private static void enrich(EnrichDefinition step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        if (isToBeWrapped(reference)) {
            step.setAggregationStrategy(new BranchStrategy(reference));
        }
    }

    private static void pollEnrich(PollEnrichDefinition step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        if (isToBeWrapped(reference)) {
            step.setAggregationStrategy(new BranchStrategy(reference));
        }
    }

    private static boolean isToBeWrapped(StrategyReference reference) {
        return reference.isNamed() && !(reference.bean() instanceof BranchStrategy);
    }

    private static boolean isToBeHeld(Processor onPrepare) {
        return !(onPrepare instanceof BranchHold);
    }

    private static BranchHold hold(Processor bean, String reference) {
        return new BranchHold(bean != null || reference == null ? bean : new NamedProcessor(reference), false);
    }
}

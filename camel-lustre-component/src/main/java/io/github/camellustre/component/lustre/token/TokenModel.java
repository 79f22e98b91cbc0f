// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Processor;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;

/**
 * Teaches every route of a context to carry tokens: before a route is built, the strategies of its EIPs are wrapped.
 *
 * <p>All routes, not only those that begin with {@code lustre:}: a record goes on through direct, seda and kamelets. An
 * exchange without a token passes as it would without us.
 */
final class TokenModel extends ModelLifecycleStrategySupport {
    private final OpenGroups groups;
    private final TimedBranches branches;

    TokenModel(OpenGroups groups, TimedBranches branches) {
        this.groups = groups;
        this.branches = branches;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        List<ProcessorDefinition<?>> steps = route.getOutputs();
        each(steps, AggregateDefinition.class, this::aggregate);
        each(steps, MulticastDefinition.class, this::multicast);
        each(steps, RecipientListDefinition.class, this::recipientList);
        each(steps, SplitDefinition.class, this::split);
        each(steps, EnrichDefinition.class, this::enrich);
        each(steps, PollEnrichDefinition.class, this::pollEnrich);
        each(steps, ResequenceDefinition.class, TokenModel::resequence);
    }

    private static <T> void each(List<ProcessorDefinition<?>> steps, Class<T> type, Consumer<T> action) {
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, type).forEach(action);
    }

    private void aggregate(AggregateDefinition step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        if (reference.isNamed() && !(reference.bean() instanceof GroupStrategy)) {
            step.setAggregationStrategy(new GroupStrategy(reference, step, groups));
        }
    }

    private void multicast(MulticastDefinition step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        boolean timed = step.getTimeout() != null;
        branches(reference, timed, UseLatestAggregationStrategy::new, step::setAggregationStrategy);
        if (timed) {
            prepare(step.getOnPrepareProcessor(), step.getOnPrepare(), step::onPrepare);
        }
    }

    private void recipientList(RecipientListDefinition<?> step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        boolean timed = step.getTimeout() != null;
        branches(reference, timed, UseLatestAggregationStrategy::new, step::setAggregationStrategy);
        if (timed) {
            prepare(step.getOnPrepareProcessor(), step.getOnPrepare(), step::onPrepare);
        }
    }

    private void split(SplitDefinition step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        boolean timed = step.getTimeout() != null;
        branches(reference, timed, UseOriginalAggregationStrategy::new, step::setAggregationStrategy);
        if (timed) {
            prepare(step.getOnPrepareProcessor(), step.getOnPrepare(), step::onPrepare);
        }
    }

    private void enrich(EnrichDefinition step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        branches(reference, false, null, step::setAggregationStrategy);
    }

    private void pollEnrich(PollEnrichDefinition step) {
        StrategyReference reference = new StrategyReference(
                step.getAggregationStrategyBean(),
                step.getAggregationStrategy(),
                step.getAggregationStrategyMethodName(),
                step.getAggregationStrategyMethodAllowNull());
        branches(reference, false, null, step::setAggregationStrategy);
    }

    /** There is nothing in a resequencer that could be wrapped: a step before it does the work. */
    private static void resequence(ResequenceDefinition step) {
        ProcessorDefinition<?> parent = step.getParent();
        List<ProcessorDefinition<?>> siblings = parent.getOutputs();
        int at = siblings.indexOf(step);
        if (at > 0
                && siblings.get(at - 1) instanceof ProcessDefinition before
                && before.getProcessor() instanceof ResequenceHold) {
            return;
        }
        ProcessDefinition hold = new ProcessDefinition(new ResequenceHold());
        hold.setParent(parent);
        siblings.add(at, hold);
    }

    /** @param usual what Camel takes where no strategy is named; with a time-out it must be known when the EIP is over */
    private void branches(
            StrategyReference reference,
            boolean timed,
            Supplier<AggregationStrategy> usual,
            Consumer<AggregationStrategy> setter) {
        if (reference.bean() instanceof BranchStrategy) {
            return;
        }
        if (reference.isNamed()) {
            setter.accept(new BranchStrategy(reference, branches));
        } else if (timed) {
            setter.accept(new BranchStrategy(new StrategyReference(usual.get(), null, null, null), branches));
        }
    }

    private void prepare(Processor bean, String reference, Consumer<Processor> setter) {
        if (!(bean instanceof TimedBranchPreparation)) {
            Processor then = bean != null || reference == null ? bean : new NamedProcessor(reference);
            setter.accept(new TimedBranchPreparation(then, branches));
        }
    }
}

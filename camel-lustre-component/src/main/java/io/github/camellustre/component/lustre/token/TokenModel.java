// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.AggregationStrategyAwareDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;

/**
 * Teaches every route of a context to carry tokens: before a route is built, the strategies of its EIPs are wrapped.
 *
 * <p>All routes, not only those that begin with {@code lustre:}: a record goes on through direct, seda and kamelets. An
 * exchange without a token passes as it would without us.
 */
final class TokenModel extends ModelLifecycleStrategySupport {
    private final CamelContext context;
    private final OpenGroups groups;
    private final TimedBranches branches;

    TokenModel(CamelContext context, OpenGroups groups, TimedBranches branches) {
        this.context = context;
        this.groups = groups;
        this.branches = branches;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        each(route, AggregateDefinition.class, this::aggregate);
        each(route, MulticastDefinition.class, this::multicast);
        each(route, RecipientListDefinition.class, this::recipientList);
        each(route, SplitDefinition.class, this::split);
        each(route, EnrichDefinition.class, this::enrich);
        each(route, PollEnrichDefinition.class, this::enrich);
        each(route, IdempotentConsumerDefinition.class, step -> idempotent(step, route));
        each(route, CircuitBreakerDefinition.class, step -> circuitBreaker(route, step));
        each(route, ResequenceDefinition.class, step -> resequence(route, step));
    }

    private static <T> void each(RouteDefinition route, Class<T> type, Consumer<T> action) {
        RouteSteps.find(route, type).forEach(action);
    }

    private void aggregate(AggregateDefinition step) {
        StrategyReference reference = StrategyReference.of(step);
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
        latest(reference, timed, step::setAggregationStrategy);
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
        latest(reference, timed, step::setAggregationStrategy);
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

    private void enrich(AggregationStrategyAwareDefinition<?> step) {
        branches(StrategyReference.of(step), false, null, step::aggregationStrategy);
    }

    private void idempotent(IdempotentConsumerDefinition step, RouteDefinition route) {
        if (!(step.getIdempotentRepositoryBean() instanceof HeldKeys)) {
            step.setIdempotentRepository(new HeldKeys(context, step, route.getTemplateParameters()));
        }
    }

    private static void circuitBreaker(RouteDefinition route, CircuitBreakerDefinition step) {
        if (surround(route, step, null, new CircuitBreakerOutcome())) {
            ProcessDefinition passed = new ProcessDefinition(new CircuitBreakerOutcome.Passed());
            passed.setParent(step);
            step.getOutputs().add(passed);
        }
    }

    private static void resequence(RouteDefinition route, ResequenceDefinition step) {
        surround(route, step, new ResequenceHold(), null);
    }

    /**
     * There is nothing in some EIPs that could be wrapped: a step before or behind does the work. They become one step,
     * because steps that follow each other in a multicast are branches.
     *
     * @return false if that has been done before
     */
    private static boolean surround(
            RouteDefinition route, ProcessorDefinition<?> step, Processor before, Processor behind) {
        if (step.getParent() instanceof SurroundedStep) {
            return false;
        }
        List<ProcessorDefinition<?>> siblings = RouteSteps.siblings(route, step);
        SurroundedStep together = new SurroundedStep();
        together.setParent(step.getParent());
        siblings.set(siblings.indexOf(step), together);
        if (before != null) {
            together.addOutput(new ProcessDefinition(before));
        }
        together.addOutput(step);
        if (behind != null) {
            together.addOutput(new ProcessDefinition(behind));
        }
        return true;
    }

    /** For EIPs that go on from the last branch, if no strategy is named. */
    private void latest(StrategyReference reference, boolean timed, Consumer<AggregationStrategy> setter) {
        if (reference.isNamed() || timed) {
            branches(reference, timed, LatestBranchStrategy::new, setter);
        } else {
            setter.accept(new LatestBranchStrategy());
        }
    }

    /** @param usual what Camel takes where no strategy is named; with a time-out it must be known when the EIP is over */
    private void branches(
            StrategyReference reference,
            boolean timed,
            Supplier<AggregationStrategy> usual,
            Consumer<AggregationStrategy> setter) {
        if (reference.bean() instanceof BranchStrategy || reference.bean() instanceof LatestBranchStrategy) {
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

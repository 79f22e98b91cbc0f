// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.window;

import io.github.camellustre.changelog.window.WindowOptions;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Predicate;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The windows of one aggregator: see {@link LustreWindow}. */
final class WindowStrategy extends ServiceSupport implements AggregationStrategy, Predicate {
    private static final Logger LOG = LoggerFactory.getLogger(WindowStrategy.class);

    private final CamelContext context;
    private final AggregateController aggregator;
    private final WindowOptions options;
    private final WindowBounds bounds;
    private final OpenWindows open = new OpenWindows();
    private final WindowCounters counters;
    private ScheduledExecutorService clock;

    WindowStrategy(CamelContext context, AggregateController aggregator, WindowOptions options, WindowBounds bounds) {
        this.context = context;
        this.aggregator = aggregator;
        this.options = options;
        this.bounds = bounds;
        this.counters = new WindowCounters(options, open);
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        OpenWindow window = oldExchange == null ? new OpenWindow(newExchange, options) : OpenWindow.of(oldExchange);
        window.add(newExchange);
        Exchange group = window.group();
        if (oldExchange == null) {
            group.getMessage().setBody(window);
        }
        open.grew(window);
        if (bounds.isFull(window)) {
            end(group);
        } else if (bounds.areReachedBy(open)) {
            counters.early();
            OpenWindow oldest = open.oldest();
            if (oldest == window) {
                end(group);
            } else {
                // as Camel itself completes other groups under its lock (completionOnNewCorrelationGroup)
                end(oldest);
            }
        }
        return group;
    }

    /** The group at hand. */
    private static void end(Exchange group) {
        group.setProperty(ExchangePropertyKey.AGGREGATION_COMPLETE_CURRENT_GROUP, true);
    }

    private void end(OpenWindow window) {
        // first, so that one which the aggregator has thrown away is not the oldest for ever
        open.remove(window);
        aggregator.forceCompletionOfGroup(window.key());
    }

    /** Never: a window ends by itself. Camel wants an aggregator to have some condition, which this is. */
    @Override
    public boolean matches(Exchange exchange) {
        return false;
    }

    @Override
    public void onCompletion(Exchange group) {
        OpenWindow window = OpenWindow.of(group);
        open.remove(window);
        counters.closed(window.close().counts());
    }

    private void endTooOld() {
        OpenWindow oldest = open.oldest();
        // one without a key is just being taken in: the next look is its turn
        while (oldest != null && oldest.key() != null && bounds.isTooOld(oldest) && isRunAllowed()) {
            try {
                end(oldest);
            } catch (RuntimeException | Error e) {
                // of this window alone: the next one still needs this clock, which ends for good at what is thrown
                LOG.error("A window that is {} old cannot be completed", oldest.age(), e);
            }
            oldest = open.oldest();
        }
    }

    @Override
    protected void doStart() throws Exception {
        context.addService(counters, false);
        clock = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "lustre-window");
        long look = bounds.look().toMillis();
        clock.scheduleWithFixedDelay(this::endTooOld, look, look, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() throws Exception {
        context.getExecutorServiceManager().shutdown(clock);
        context.removeService(counters);
    }

    @Override
    public String toString() {
        return options.toString();
    }
}

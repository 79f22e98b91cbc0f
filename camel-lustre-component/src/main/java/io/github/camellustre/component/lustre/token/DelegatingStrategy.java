// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/** Stands where the route author's strategy would, and passes everything on to it. It is found when the route is built. */
abstract class DelegatingStrategy extends ServiceSupport implements AggregationStrategy, CamelContextAware {
    private final StrategyReference reference;
    private CamelContext camelContext;
    private AggregationStrategy delegate;

    DelegatingStrategy(StrategyReference reference) {
        this.reference = reference;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camelContext = context;
        if (delegate == null) {
            delegate = resolved(reference.resolve(context));
        }
    }

    /** The strategy has been found; returns the one to pass on to. */
    AggregationStrategy resolved(AggregationStrategy strategy) {
        return strategy;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    final AggregationStrategy delegate() {
        return delegate;
    }

    @Override
    public boolean canPreComplete() {
        return delegate.canPreComplete();
    }

    @Override
    public boolean preComplete(Exchange oldExchange, Exchange newExchange) {
        return delegate.preComplete(oldExchange, newExchange);
    }

    @Override
    public void onCompletion(Exchange exchange) {
        delegate.onCompletion(exchange);
    }

    @Override
    public void onCompletion(Exchange exchange, Exchange inputExchange) {
        delegate.onCompletion(exchange, inputExchange);
    }

    @Override
    public void timeout(Exchange exchange, int index, int total, long timeout) {
        delegate.timeout(exchange, index, total, timeout);
    }

    @Override
    public void onOptimisticLockFailure(Exchange oldExchange, Exchange newExchange) {
        delegate.onOptimisticLockFailure(oldExchange, newExchange);
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(delegate);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(delegate);
    }

    @Override
    public String toString() {
        return String.valueOf(delegate);
    }
}

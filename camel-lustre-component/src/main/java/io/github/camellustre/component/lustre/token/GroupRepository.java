// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.Token;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Where one aggregator keeps its open groups. Here a group begins to hold a record, and here it lets go of it when the
 * group is thrown away: at a time-out, by an operator, or with its route.
 *
 * <p>Camel calls it under the aggregator's lock.
 */
final class GroupRepository extends ServiceSupport implements AggregationRepository {
    private final AggregationRepository groups;
    private final AggregateController aggregator;
    private final OpenGroups open;
    /** Taken out last: Camel either sends it or, still under its lock, confirms it unsent. */
    private final AtomicReference<Exchange> removed = new AtomicReference<>();

    GroupRepository(AggregationRepository groups, AggregateController aggregator, OpenGroups open) {
        this.groups = groups;
        this.aggregator = aggregator;
        this.open = open;
    }

    @Override
    public Exchange add(CamelContext context, String key, Exchange group) {
        HeldTokens.keepIn(group);
        // Camel itself says so only when the group is complete
        group.setProperty(ExchangePropertyKey.AGGREGATED_CORRELATION_KEY, key);
        return groups.add(context, key, group);
    }

    @Override
    public Exchange get(CamelContext context, String key) {
        return groups.get(context, key);
    }

    @Override
    public void remove(CamelContext context, String key, Exchange group) {
        removed.set(group);
        groups.remove(context, key, group);
    }

    /** The group is on its way to the next step. */
    void sent(Exchange group) {
        removed.compareAndSet(group, null);
    }

    @Override
    public void confirm(CamelContext context, String exchangeId) {
        Exchange last = removed.get();
        if (last != null && last.getExchangeId().equals(exchangeId) && removed.compareAndSet(last, null)) {
            release(last, null);
        }
        groups.confirm(context, exchangeId);
    }

    @Override
    public Set<String> getKeys() {
        return groups.getKeys();
    }

    /** @param cause why its records are not delivered; null if its author wanted it thrown away */
    static void release(Exchange group, Throwable cause) {
        HeldTokens held = HeldTokens.keptIn(group);
        if (held != null) {
            HeldTokens.putInto(group, null);
            held.forEach(token -> {
                if (cause != null) {
                    token.fail(cause);
                }
                token.releaseFromGroup();
            });
        }
    }

    /** Completes the groups that hold a token of that kind; returns how many there were. */
    int complete(Predicate<Token> wanted) {
        int completed = 0;
        for (String key : groups.getKeys()) {
            Exchange group = groups.get(null, key);
            HeldTokens held = group == null ? null : HeldTokens.keptIn(group);
            if (held != null && held.anyMatch(wanted)) {
                completed += aggregator.forceCompletionOfGroup(key);
            }
        }
        return completed;
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(groups);
        open.add(this);
    }

    /** With the route the groups end, undelivered. */
    @Override
    protected void doStop() {
        open.remove(this);
        IllegalStateException cause = new IllegalStateException("the route ended before the group was complete");
        for (String key : groups.getKeys()) {
            Exchange group = groups.get(null, key);
            if (group != null) {
                release(group, cause);
            }
        }
        ServiceHelper.stopService(groups);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import io.github.camellustre.changelog.ack.Token;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * A step, {@code process: {ref: lustreInTurn}}, that an exchange passes when all that its consumer was handed of its MDT before is
 * acknowledged. So steps in front of it, such as a conversion, work on the next batch while the sink behind it has the last one, and nothing
 * reaches the sink behind something that failed: an exchange whose turn does not come is stopped here, without an error, and comes again.
 *
 * <p>It holds the thread that delivers, as a sink does that waits for its answer; the sink has to be one that does not. For one record
 * or batch in an exchange: in front of aggregators.
 */
public final class InTurn implements Processor {

    @Override
    public void process(Exchange exchange) throws InterruptedException {
        HeldTokens held = HeldTokens.of(exchange);
        if (held == null) {
            return;
        }
        Token token = held.single();
        if (token == null) {
            throw new IllegalStateException(
                    "A group would wait for its turn for ever, as its records are behind each other: put the step"
                            + " lustreInTurn in front of the aggregator");
        }
        OpenGroups groups = OpenGroups.of(exchange.getContext());
        if (!token.awaitTurn(() -> groups.completeAll(token.consumer()))) {
            exchange.setRouteStop(true);
        }
    }
}

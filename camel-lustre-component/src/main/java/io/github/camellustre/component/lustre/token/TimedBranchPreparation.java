// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Stands where the route author's {@code onPrepare} would in an EIP with a time-out. */
record TimedBranchPreparation(Processor then, TimedBranches branches) implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        branches.prepared(exchange);
        if (then != null) {
            then.process(exchange);
        }
    }
}

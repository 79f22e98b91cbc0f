// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * The branches of all EIPs with a time-out in one Camel context, by the exchange that they are copies of. Camel prepares
 * them all before it begins the first; some are never begun.
 */
final class TimedBranches {
    private final ConcurrentMap<String, Queue<TimedBranch>> byOriginal = new ConcurrentHashMap<>();

    /** Makes a branch that Camel has just prepared hold its tokens. */
    void prepared(Exchange branch) {
        HeldTokens tokens = HeldTokens.of(branch);
        HeldTokens retained = tokens == null ? null : tokens.retained();
        if (retained != null) {
            TimedBranch held = new TimedBranch(retained, branch);
            branch.getExchangeExtension().addOnCompletion(held);
            String original = branch.getProperty(ExchangePropertyKey.CORRELATION_ID, String.class);
            byOriginal
                    .computeIfAbsent(original, id -> new ConcurrentLinkedQueue<>())
                    .add(held);
        }
    }

    /** The EIP that {@code original} came into is done with it, or failed before it had begun. */
    void over(Exchange original) {
        Queue<TimedBranch> branches = byOriginal.remove(original.getExchangeId());
        if (branches != null) {
            branches.forEach(TimedBranch::eipIsOver);
        }
    }
}

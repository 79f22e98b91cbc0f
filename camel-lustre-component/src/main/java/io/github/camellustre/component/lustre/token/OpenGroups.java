// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.processor.aggregate.AggregateController;

/** The aggregators of one Camel context, so that their open groups can be completed when nothing else would do it. */
public final class OpenGroups {
    private final List<AggregateController> aggregators = new CopyOnWriteArrayList<>();

    void add(AggregateController aggregator) {
        aggregators.add(aggregator);
    }

    /** Those of a context; empty ones if the plugin is not loaded there. */
    public static OpenGroups of(CamelContext context) {
        OpenGroups groups = context.getCamelContextExtension().getContextPlugin(OpenGroups.class);
        return groups == null ? new OpenGroups() : groups;
    }

    /** Completes all open groups; returns how many there were. */
    public int completeAll() {
        int completed = 0;
        for (AggregateController aggregator : aggregators) {
            completed += aggregator.forceCompletionOfAllGroups();
        }
        return completed;
    }
}

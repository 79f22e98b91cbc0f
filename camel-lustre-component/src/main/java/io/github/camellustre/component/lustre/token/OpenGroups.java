// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;

/** The aggregators of one Camel context, so that their open groups can be completed when nothing else would do it. */
public final class OpenGroups {
    private final List<GroupRepository> aggregators = new CopyOnWriteArrayList<>();

    void add(GroupRepository aggregator) {
        aggregators.add(aggregator);
    }

    void remove(GroupRepository aggregator) {
        aggregators.remove(aggregator);
    }

    /** Those of a context; empty ones if the plugin is not loaded there. */
    public static OpenGroups of(CamelContext context) {
        OpenGroups groups = context.getCamelContextExtension().getContextPlugin(OpenGroups.class);
        return groups == null ? new OpenGroups() : groups;
    }

    /** Completes all open groups that hold a record of this consumer; returns how many there were. */
    public int completeAll(String consumer) {
        int completed = 0;
        for (GroupRepository aggregator : aggregators) {
            completed += aggregator.complete(token -> token.consumer().equals(consumer));
        }
        return completed;
    }
}

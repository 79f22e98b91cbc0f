// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.support.LifecycleStrategySupport;

/** Prepares a Camel context for tokens before it builds its first route. Camel finds it by itself. */
public final class TokenPlugin implements ContextServicePlugin {

    /** The context is only half made here; what it needs is done when it initializes. */
    @Override
    public void load(CamelContext context) {
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextInitializing(CamelContext initializing) {
                prepare(initializing);
            }
        });
    }

    private static void prepare(CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        if (model == null) {
            return;
        }
        OpenGroups groups = new OpenGroups();
        context.getCamelContextExtension().addContextPlugin(OpenGroups.class, groups);
        TimedBranches branches = new TimedBranches();
        context.getCamelContextExtension().registerEndpointCallback(new QueueHold());
        context.getCamelContextExtension().registerEndpointCallback(new ConsumerRequired());
        TokenModel tokens = new TokenModel(context, groups, branches);
        model.addModelLifecycleStrategy(tokens);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            tokens.onAddRouteDefinition(route);
        }
    }
}

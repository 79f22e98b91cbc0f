// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ContextServicePlugin;

/** Prepares a Camel context for tokens as soon as it comes up, before it has routes. Camel finds it by itself. */
public final class TokenPlugin implements ContextServicePlugin {

    @Override
    public void load(CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        if (model == null) {
            return;
        }
        OpenGroups groups = new OpenGroups();
        context.getCamelContextExtension().addContextPlugin(OpenGroups.class, groups);
        context.getCamelContextExtension().registerEndpointCallback(new QueueHold());
        TokenModel tokens = new TokenModel(groups);
        model.addModelLifecycleStrategy(tokens);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            tokens.onAddRouteDefinition(route);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Puts routes written in YAML into a context, as users write them. */
final class YamlRoutes {
    private YamlRoutes() {}

    static void load(CamelContext context, String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.camel.yaml", yaml));
    }
}

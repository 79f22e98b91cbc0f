// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;

/** The parameters of the template that a route was made from: Camel itself knows them only while it builds the route. */
public final class TemplateParameters {
    private TemplateParameters() {}

    /**
     * Does something while they are known, on this thread.
     *
     * @param parameters null for a route that was not made from a template
     */
    public static void during(CamelContext context, Map<String, Object> parameters, Runnable action) {
        PropertiesComponent properties = context.getPropertiesComponent();
        Properties before = properties.getLocalProperties();
        if (parameters != null) {
            Properties known = new Properties();
            parameters.forEach((name, value) -> known.put(name, String.valueOf(value)));
            properties.setLocalProperties(known);
        }
        try {
            action.run();
        } finally {
            properties.setLocalProperties(before);
        }
    }
}

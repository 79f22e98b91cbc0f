// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.lang.reflect.Field;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;

/** What Camel's tools see of the component. */
class LustreCatalogTest {
    private static final String CATALOG = "/META-INF/io/github/camellustre/component/lustre/lustre.json";

    @Test
    void everyOptionIsDescribed() throws Exception {
        try (InputStream in = LustreComponent.class.getResourceAsStream(CATALOG)) {
            JsonNode properties = new ObjectMapper().readTree(in).path("properties");
            for (Field field : LustreConfiguration.class.getDeclaredFields()) {
                if (!field.isSynthetic()) {
                    assertThat(properties
                                    .path(field.getName())
                                    .path("description")
                                    .asText())
                            .as(field.getName())
                            .isNotEmpty();
                }
            }
            assertThat(properties.path("onExhausted").path("enum").toString()).isEqualTo("[\"stop\",\"deadLetter\"]");
            assertThat(properties.path("ack").path("defaultValue").asText()).isEqualTo("auto");
        }
    }

    @Test
    void optionsOfTheComponentAreTheDefaultOfItsEndpoints() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            LustreComponent component = new LustreComponent();
            context.addComponent("lustre", component);
            context.start();
            PropertyBindingSupport.build()
                    .withCamelContext(context)
                    .withTarget(component)
                    .withConfigurer(component.getComponentPropertyConfigurer())
                    .withProperty("configuration.user", "cl7")
                    .withProperty("configuration.redelivery", "missing")
                    .withProperty("maxMemory", "1000000")
                    .bind();
            LustreEndpoint endpoint = context.getEndpoint("lustre:fs-MDT0000?user=cl8", LustreEndpoint.class);
            assertThat(endpoint.getConfiguration().getUser()).isEqualTo("cl8");
            assertThat(endpoint.getConfiguration().getRedelivery())
                    .isEqualTo(io.github.camellustre.changelog.ack.Redelivery.MISSING);
            assertThat(component.getMaxMemory()).isEqualTo(1_000_000);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.lang.reflect.Field;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;

/** What Camel's tools see of the component. */
class ZeroMqCatalogTest {
    private static final String CATALOG = "/META-INF/io/github/camellustre/component/zeromq/zeromq.json";

    @Test
    void everyOptionIsDescribedAndItsDefaultIsTheOneThatCounts() throws Exception {
        try (InputStream in = ZeroMqComponent.class.getResourceAsStream(CATALOG)) {
            JsonNode properties = new ObjectMapper().readTree(in).path("properties");
            ZeroMqConfiguration fresh = new ZeroMqConfiguration();
            for (Field field : ZeroMqConfiguration.class.getDeclaredFields()) {
                if (field.isSynthetic()) {
                    continue;
                }
                JsonNode option = properties.path(field.getName());
                assertThat(option.path("description").asText())
                        .as(field.getName())
                        .isNotEmpty();
                field.setAccessible(true);
                Object value = field.get(fresh);
                assertThat(option.path("defaultValue").asText("null"))
                        .as(field.getName())
                        .isEqualTo(String.valueOf(value));
            }
        }
    }

    @Test
    void optionsOfTheComponentAreTheDefaultOfItsEndpoints() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            ZeroMqComponent component = new ZeroMqComponent();
            context.addComponent("zeromq", component);
            context.start();
            PropertyBindingSupport.build()
                    .withCamelContext(context)
                    .withTarget(component)
                    .withConfigurer(component.getComponentPropertyConfigurer())
                    .withProperty("configuration.sendHwm", "7")
                    .withProperty("configuration.linger", "8")
                    .bind();
            ZeroMqEndpoint endpoint =
                    context.getEndpoint("zeromq:tcp://localhost:1?socketType=PUSH&linger=9", ZeroMqEndpoint.class);
            assertThat(endpoint.getConfiguration().getSendHwm()).isEqualTo(7);
            assertThat(endpoint.getConfiguration().getLinger()).isEqualTo(9);
        }
    }
}

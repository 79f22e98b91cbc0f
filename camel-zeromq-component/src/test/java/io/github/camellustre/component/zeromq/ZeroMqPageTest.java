// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.Test;

/** The examples of the reference page run as they stand, but for their ports. */
class ZeroMqPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("\\[source,yaml]\n----\n(.*?)----\n", Pattern.DOTALL);

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }

    @Test
    void examplesRun() throws Exception {
        String page = Files.readString(Path.of("src/main/docs/zeromq-component.adoc"));
        for (String port : List.of("5556", "5557", "5558")) {
            page = page.replace(":" + port, ":" + freePort());
        }
        List<String> examples =
                EXAMPLE.matcher(page).results().map(each -> each.group(1)).toList();
        assertThat(examples).hasSize(3);
        try (Testbed bed = new Testbed()) {
            for (String example : examples) {
                bed.routes(example);
            }
            assertThat(bed.template.requestBody("direct:question", "hello", String.class))
                    .isEqualTo("You said hello");
            await().until(() -> {
                bed.template.sendBodyAndHeaders("direct:news", "sunny", Map.of("city", "Bern"));
                return bed.endpoint("SUB").getReceived() > 0;
            });
            bed.receiving("zeromq:" + bed.bound("PUSH") + "?socketType=PULL");
            bed.template.send(
                    "direct:work",
                    ExchangePattern.InOnly,
                    exchange -> exchange.getIn().setBody("work"));
            await().until(() -> bed.taken().size() == 1);
        }
    }
}

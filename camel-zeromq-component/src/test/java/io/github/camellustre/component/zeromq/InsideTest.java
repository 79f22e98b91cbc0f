// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.zeromq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.apache.camel.ExchangePattern;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our sockets with each other, and what is seen of them. */
class InsideTest {
    private final Testbed bed = new Testbed();

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void inprocWithinOneContext() throws Exception {
        bed.receiving("zeromq:inproc://here?socketType=PULL&bind=true").sending("zeromq:inproc://here?socketType=PUSH");
        bed.template.sendBody("direct:in", List.of("a", "b"));
        await().until(() -> bed.taken().size() == 1);
    }

    @ParameterizedTest
    @CsvSource({"REP,REQ", "REP,DEALER", "ROUTER,REQ", "ROUTER,DEALER"})
    void requestAndReply(String server, String client) throws Exception {
        bed.routes("""
                - route:
                    from:
                      uri: zeromq:inproc://service
                      parameters: {socketType: %s, bind: true}
                      steps:
                        - choice:
                            when: [{simple: "${body} == 'bad'", steps: [{throwException: {exceptionType: java.lang.IllegalStateException, message: bad}}]}]
                            otherwise: {steps: [{setBody: {simple: "re ${body}"}}]}
                """.formatted(server)).sending("zeromq:inproc://service?socketType=" + client);
        assertThat(bed.template.requestBody("direct:in", "x", String.class)).isEqualTo("re x");
        assertThat(bed.send(ExchangePattern.InOut, "bad").get().getException()).hasMessageContaining("ERROR");
        assertThat(bed.template.requestBody("direct:in", "y", String.class)).isEqualTo("re y");
    }

    @Test
    void twoRoutesShareTheSocketOfOneEndpoint() throws Exception {
        bed.receiving("zeromq:tcp://127.0.0.1:*?socketType=PULL&bind=true");
        String uri = "zeromq:" + bed.bound("PULL") + "?socketType=PUSH";
        bed.sending(uri).routes("- route: {id: second, from: {uri: direct:two, steps: [{to: '" + uri + "'}]}}");
        bed.template.sendBody("direct:in", "1");
        bed.template.sendBody("direct:two", "2");
        bed.context.getRouteController().stopRoute("second");
        bed.template.sendBody("direct:in", "3");
        await().until(() -> bed.taken().size() == 3);
        assertThat(bed.endpoint("PUSH").getConnections()).isEqualTo(1);
    }

    @Test
    void healthSaysWhetherAPeerIsThere() throws Exception {
        bed.context
                .getCamelContextExtension()
                .addContextPlugin(HealthCheckRegistry.class, new DefaultHealthCheckRegistry(bed.context));
        bed.receiving("zeromq:tcp://127.0.0.1:*?socketType=PULL&bind=true");
        String address = bed.bound("PULL");
        bed.sending("zeromq:" + address + "?socketType=PUSH");
        await().until(() -> state("zeromq-PUSH " + address) == HealthCheck.State.UP);
        assertThat(state("zeromq-receiving")).isEqualTo(HealthCheck.State.UP);
        bed.context.getRouteController().stopRoute("receiving");
        await().until(() -> state("zeromq-PUSH " + address) == HealthCheck.State.DOWN);
        assertThat(HealthCheckRegistry.get(bed.context).getCheck("zeromq-receiving"))
                .isEmpty();
    }

    private HealthCheck.State state(String id) {
        return HealthCheckRegistry.get(bed.context)
                .getCheck(id)
                .orElseThrow()
                .call()
                .getState();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.reader.MdtState;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the health check says of a misbehaving MDT. */
@Timeout(120)
class FaultHealthTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private DefaultCamelContext context(String simulator, String more) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.setLoadHealthChecks(true);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lustre:lustre-MDT0000?user=cl1&clearInterval=20&source=RAW(simulator:mdts=1,rate=0," + simulator
                                + ")&stateDirectory=" + folder.resolve("state") + more)
                        .routeId("r")
                        .to("mock:sink?retainLast=1");
            }
        });
        context.start();
        return context;
    }

    private static HealthCheck.Result awaitDown(DefaultCamelContext context) {
        HealthCheck check =
                HealthCheckRegistry.get(context).getCheck("lustre-r").orElseThrow();
        await().atMost(LIMIT).until(() -> check.call().getState() == HealthCheck.State.DOWN);
        return check.call();
    }

    @ParameterizedTest
    @CsvSource({
        "read:EIO@101/60m, readErrors, EIO",
        "gone@101/60m, readErrors, ENODEV",
        "clear:EIO@1/60m, clearErrors, EIO",
        "deregister:cl1@200, clearErrors, ENOENT",
    })
    void saysWhatIsWrongAndCountsIt(String fault, String counter, String words) throws Exception {
        try (DefaultCamelContext context = context("records=1000,users=2,faults=" + fault, "")) {
            HealthCheck.Result down = awaitDown(context);
            assertThat(down.getMessage())
                    .get()
                    .asString()
                    .contains("lustre-MDT0000")
                    .contains(words);
            assertThat((long) down.getDetails().get("lustre-MDT0000." + counter))
                    .isPositive();
        }
    }

    @Test
    void saysThatAGapStopsTheMdt() throws Exception {
        try (DefaultCamelContext context = context("records=1000,faults=gap@101x5", "&onGap=stop&reorderRecords=10")) {
            HealthCheck.Result down = awaitDown(context);
            assertThat(down.getMessage()).get().asString().contains("[101, 106)");
            assertThat(down.getDetails()).containsEntry("lustre-MDT0000.state", MdtState.GAP.toString());
        }
    }

    @Test
    void saysThatTheIndexesHaveStartedAnew() throws Exception {
        String simulator = "records=1000,data=" + folder.resolve("simulator") + ",faults=reset@500";
        try (DefaultCamelContext context = context(simulator + "/60m", "")) {
            LustreComponent lustre = context.getComponent("lustre", LustreComponent.class);
            await().atMost(LIMIT).until(() -> lustre.status().get(0).ledger().cleared() == 500);
        }
        try (DefaultCamelContext context = context(simulator, "")) {
            assertThat(awaitDown(context).getMessage())
                    .get()
                    .asString()
                    .contains("started anew")
                    .contains("Register a new changelog user");
            assertThat(awaitDown(context).getDetails()).containsEntry("lustre-MDT0000.state", "RESET");
        }
    }
}

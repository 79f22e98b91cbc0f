// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that are removed or exchanged while records are on their way. */
class ReloadTest {
    private static final String GROUPS = Testbed.aggregate(Testbed.GROUP + "\ncompletionSize: 5");

    /** Nothing is delivered until its time is up: then the records on their way are taken from it. */
    private static void removeWhileHeld(Testbed bed) throws Exception {
        bed.context.getRouteController().stopRoute("r", 100, TimeUnit.MILLISECONDS);
        bed.context.removeRoute("r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- process: {ref: sink}", "- threads: {poolSize: 1}\n- process: {ref: sink}", "GROUPS"})
    void removedRouteLosesNothing(String steps) throws Exception {
        try (Testbed bed = new Testbed().route(steps.replace("GROUPS", GROUPS))) {
            bed.source.write(24);
            bed.sink.hold();
            bed.start();
            bed.awaitArrival();
            CompletableFuture<Void> removed = CompletableFuture.runAsync(() -> {
                try {
                    removeWhileHeld(bed);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> bed.context.getRoute("r") == null || removed.isDone());
            assertThat(bed.source.clears).isEmpty();
            bed.sink.fail();
            removed.get(20, TimeUnit.SECONDS);
            assertThat(bed.source.clears).isEmpty();
            bed.sink.take();
            YamlRoutes.load(bed.context, Testbed.yaml("r", Map.of(), "- process: {ref: sink}"));
            bed.awaitAllCleared();
            assertThat(bed.sink.taken()).containsAll(Testbed.indexes(1, 24));
            Testbed.endsInOrder(bed.sink.taken());
        }
    }

    /** As the daemon does it: the file is written anew while the route's sink is down and a group is half full. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rewrittenFile(boolean allRoutes, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("r.camel.yaml");
        try (Testbed bed = new Testbed().with("- route: {from: {uri: direct:idle, steps: [{to: \"mock:a\"}]}}")) {
            RouteWatcherReloadStrategy reload = new RouteWatcherReloadStrategy(folder.toString());
            reload.setPattern("*.yaml");
            reload.setRemoveAllRoutes(allRoutes);
            reload.setPollTimeout(50);
            bed.context.getShutdownStrategy().setTimeout(1);
            bed.context.addService(reload);
            Files.writeString(file, Testbed.yaml("r", Map.of(), GROUPS));
            bed.source.write(24);
            bed.sink.fail();
            bed.start();
            PluginHelper.getRoutesLoader(bed.context)
                    .updateRoutes(PluginHelper.getResourceLoader(bed.context).resolveResource("file:" + file));
            bed.awaitRedelivery();
            Files.writeString(file, Testbed.yaml("r", Map.of(), "- process: {ref: other}"));
            await().until(() -> !bed.other.taken().isEmpty());
            bed.awaitAllCleared();
            assertThat(bed.other.taken()).containsAll(Testbed.indexes(1, 24));
        }
    }

    @Test
    void removedForGoodHoldsTheClear() throws Exception {
        try (Testbed bed =
                new Testbed().route("- process: {ref: sink}").route("s", Map.of(), "- process: {ref: other}")) {
            bed.source.write(4);
            bed.start();
            bed.awaitAllCleared();
            bed.context.getRouteController().stopRoute("r");
            bed.context.removeRoute("r");
            bed.source.write(4);
            await().until(() -> bed.consumer("s").position() == 8);
            assertThat(bed.mdt().ledger().cleared()).isEqualTo(4);
            assertThat(bed.source.clears).endsWith(4L);
        }
    }
}

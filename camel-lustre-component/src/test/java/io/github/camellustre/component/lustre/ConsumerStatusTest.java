// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.Test;

/** What can be seen of a consumer from outside. */
class ConsumerStatusTest {
    @Test
    void healthSaysWhatFails() throws Exception {
        try (Testbed bed = new Testbed().route("- process: {ref: sink}")) {
            bed.source.write(3);
            bed.sink.fail();
            bed.start();
            HealthCheck check =
                    HealthCheckRegistry.get(bed.context).getCheck("lustre-r").orElseThrow();
            await().until(() -> check.call().getState() == HealthCheck.State.DOWN);
            HealthCheck.Result down = check.call();
            assertThat(down.getMessage()).get().asString().startsWith("fs-MDT0000: consumer 'r' fails at index 1: ");
            assertThat(down.getDetails())
                    .containsKeys("fs-MDT0000.state", "fs-MDT0000.lag", "fs-MDT0000.r.position")
                    .containsEntry("fs-MDT0000.r.waitingFor", 1L)
                    .containsEntry("fs-MDT0000.r.heldForMillis", 0L);
            bed.sink.take();
            await().until(() -> check.call().getState() == HealthCheck.State.UP);
            assertThat(check.isLiveness()).isFalse();
        }
    }

    @Test
    void acknowledgedRecordsAreAnIdempotentRepository() throws Exception {
        try (Testbed bed = new Testbed().route("- process: {ref: sink}")) {
            bed.source.write(3);
            bed.start();
            bed.awaitAllCleared();
            IdempotentRepository repository = bed.context
                    .getRegistry()
                    .lookupByNameAndType(LustreComponent.ACKNOWLEDGED, IdempotentRepository.class);
            assertThat(repository.contains("r/fs-MDT0000/3")).isTrue();
            assertThat(repository.contains("r/fs-MDT0000/4")).isFalse();
            assertThat(repository.contains("x/fs-MDT0000/3")).isFalse();
            assertThat(repository.contains("nonsense")).isFalse();
            assertThat(repository.add("r/fs-MDT0000/4")).isTrue();
            assertThat(repository.confirm("r/fs-MDT0000/4")).isFalse();
            assertThat(repository.remove("r/fs-MDT0000/3")).isFalse();
            repository.clear();
            assertThat(repository.contains("r/fs-MDT0000/3")).isTrue();
        }
    }
}

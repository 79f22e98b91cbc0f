// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.garbage;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code tests/garbage/run.sh}. */
class GarbageTest {

    @Test
    void honestPeersAreServedAndNothingIsLeftBehind(@TempDir Path folder) throws Exception {
        new GarbageRun(Path.of("garbage").toRealPath(), folder, 1, line -> {}).run(Duration.ofSeconds(5));
    }
}

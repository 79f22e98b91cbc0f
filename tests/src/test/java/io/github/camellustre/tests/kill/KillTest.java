// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.kill;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@code tests/kill/run.sh}: every moment of a kill at least once, a clean stop twice. */
class KillTest {

    @ParameterizedTest
    @EnumSource
    void whateverEndsTheDaemonThePromisesHold(KillPlan plan, @TempDir Path folder) throws Exception {
        new KillRounds(plan, Path.of("kill").toRealPath(), folder, 1).run(8, line -> {});
    }
}

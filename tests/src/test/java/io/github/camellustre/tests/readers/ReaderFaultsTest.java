// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.readers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@code tests/readers/run.sh}. */
class ReaderFaultsTest {
    private static final Set<Fault> LONG = EnumSet.of(Fault.KILLED_SERVER, Fault.CUT_NETWORK, Fault.CROWD);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void whateverHappensToReadersThePromisesHold(Fault fault) throws Exception {
        assumeTrue(
                !fault.needsNetwork() || Network.isPossible(),
                "no network to cut: run as root, with the Debian package iproute2");
        new ReaderRounds(Path.of("readers").toRealPath(), folder, 1, line -> {})
                .run(fault, LONG.contains(fault) ? 1 : 2);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.policies.ZmqReader.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies load-balance, -weighted and -failover: two reader programs have together what the source had. */
class LoadBalanceTest {
    private static final int RECORDS = 6_000;

    @TempDir
    Path folder;

    private String first;
    private String second;

    @BeforeEach
    void addresses() throws Exception {
        first = FreePort.address();
        second = FreePort.address();
    }

    @Test
    void readersTakeTurns() throws Exception {
        try (ZmqReader one = ZmqReader.start(folder, "PULL", first);
                ZmqReader two = ZmqReader.start(folder, "PULL", second)) {
            run("load-balance");

            assertThat(ids(one, two)).hasSize(2 * RECORDS).doesNotHaveDuplicates();
            assertThat(messages(one)).isBetween(messages(two) - 1, messages(two) + 1);
        }
    }

    @Test
    void aReaderThatIsNotThereLeavesItsTurnsToTheOther() throws Exception {
        try (ZmqReader two = ZmqReader.start(folder, "PULL", second)) {
            run("load-balance", "loadBalance.sendTimeout=100", "camel.component.lustre.redeliveryDelay=50ms");

            assertThat(new HashSet<>(ids(two))).hasSize(2 * RECORDS);
        }
    }

    @Test
    void weightsSayWhoGetsHowMany() throws Exception {
        try (ZmqReader one = ZmqReader.start(folder, "PULL", first);
                ZmqReader two = ZmqReader.start(folder, "PULL", second)) {
            run("load-balance-weighted", "loadBalance.weights=3,1");

            assertThat(ids(one, two)).hasSize(2 * RECORDS).doesNotHaveDuplicates();
            assertThat(messages(one)).isBetween(3 * messages(two) - 3, 3 * messages(two) + 3);
        }
    }

    @Test
    void whatADyingReaderDidNotConfirmGoesToTheOther() throws Exception {
        try (ZmqReader dies = ZmqReader.start(folder, "REP", first, "--messages", "5");
                ZmqReader stays = ZmqReader.start(folder, "REP", second)) {
            run("load-balance-failover", "loadBalance.patience=1000");

            assertThat(dies.isAlive()).isFalse();
            List<String> confirmed = Stream.concat(
                            dies.lines().stream().filter(line -> line.message() < 5), stays.lines().stream())
                    .map(Line::id)
                    .toList();
            assertThat(new HashSet<>(confirmed)).hasSize(2 * RECORDS);
        }
    }

    @Test
    void whatAReaderRefusesGoesToTheOther() throws Exception {
        try (ZmqReader refuses = ZmqReader.start(folder, "REP", first, "--answer", "ERROR");
                ZmqReader works = ZmqReader.start(folder, "REP", second)) {
            run("load-balance-failover");

            assertThat(messages(refuses)).isPositive();
            assertThat(new HashSet<>(ids(works))).hasSize(2 * RECORDS);
        }
    }

    private void run(String policy, String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--policies",
                policy,
                "--source",
                "simulator:mdts=2,rate=0,records=" + RECORDS,
                "--set",
                "loadBalance.reader1=" + first,
                "--set",
                "loadBalance.reader2=" + second,
                "--set",
                "lustre.maxBatch=100"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        try (DaemonProcess daemon = DaemonProcess.run(folder, arguments.toArray(String[]::new))) {
            assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
        }
    }

    private static List<String> ids(ZmqReader... readers) {
        return Stream.of(readers)
                .flatMap(reader -> reader.lines().stream())
                .map(Line::id)
                .toList();
    }

    private static int messages(ZmqReader reader) {
        Set<Integer> messages = new HashSet<>();
        reader.lines().forEach(line -> messages.add(line.message()));
        return messages.size();
    }
}

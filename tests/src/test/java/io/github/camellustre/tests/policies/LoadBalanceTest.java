// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.policies.ZmqReader.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies load-balance, -weighted and -failover: two reader programs have together what the source had. */
class LoadBalanceTest {
    private static final int RECORDS = 6_000;
    private static final Map<String, String> PREFIXES = Map.of(
            "load-balance", "loadBalance",
            "load-balance-weighted", "loadBalanceWeighted",
            "load-balance-failover", "loadBalanceFailover");

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
    void theTurnsOfAReaderThatIsNotThereWaitForIt() throws Exception {
        try (ZmqReader one = ZmqReader.start(folder, "PULL", first);
                DaemonProcess daemon = start("load-balance")) {
            await().until(() -> messages(one) * 100 >= RECORDS);
            assertThat(daemon.isAlive()).isTrue();
            try (ZmqReader two = ZmqReader.start(folder, "PULL", second)) {
                assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();

                assertThat(ids(one, two)).hasSize(2 * RECORDS).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void weightsSayWhoGetsHowMany() throws Exception {
        try (ZmqReader one = ZmqReader.start(folder, "PULL", first);
                ZmqReader two = ZmqReader.start(folder, "PULL", second)) {
            run("load-balance-weighted", "loadBalanceWeighted.weight1=3");

            assertThat(ids(one, two)).hasSize(2 * RECORDS).doesNotHaveDuplicates();
            assertThat(messages(one)).isBetween(3 * messages(two) - 3, 3 * messages(two) + 3);
        }
    }

    @Test
    void whatADyingReaderDidNotConfirmGoesToTheOther() throws Exception {
        try (ZmqReader dies = ZmqReader.start(folder, "REP", first, "--messages", "5");
                ZmqReader stays = ZmqReader.start(folder, "REP", second)) {
            run("load-balance-failover", "loadBalanceFailover.patience=1000");

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
        try (DaemonProcess daemon = start(policy, settings)) {
            assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
        }
    }

    private DaemonProcess start(String policy, String... settings) {
        String prefix = PREFIXES.get(policy);
        List<String> arguments = new ArrayList<>(
                List.of("run", "--policies", policy, "--source", "simulator:mdts=2,rate=0,records=" + RECORDS));
        Stream.concat(
                        Stream.of(prefix + ".reader1=" + first, prefix + ".reader2=" + second, "lustre.maxBatch=100"),
                        Stream.of(settings))
                .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return DaemonProcess.start(folder, arguments.toArray(String[]::new));
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

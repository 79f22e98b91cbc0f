// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.sinks.Rsyslog.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies syslog, with a real rsyslogd, and log, beside policy file, which tells what there was to receive. */
class SyslogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private int port;

    @BeforeEach
    void findPort() throws IOException {
        assumeTrue(Rsyslog.isInstalled(), "no rsyslogd: install the Debian package rsyslog");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @Test
    void auditorsGetEachRemovalAsAMessageOfRfc5424() throws Exception {
        try (DaemonProcess daemon = start("simulator:mdts=1,rate=0,records=1500");
                Rsyslog receiver = new Rsyslog(folder, port)) {
            await().atMost(PATIENCE).until(() -> daemon.err().contains("(failure 3 of it), tries again"));
            assertThat(daemon.err())
                    .contains("consumer 'syslog' failed at index", "Connection refused")
                    .doesNotContain("\tat ");
            receiver.start();
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            List<String> removals = removals();
            assertThat(removals).isNotEmpty();
            await().atMost(PATIENCE).until(() -> receiver.received().size() >= removals.size());
            assertThat(receiver.received()).extracting(Message::text).containsExactlyElementsOf(removals);
            assertThat(receiver.received()).allSatisfy(message -> {
                assertThat(message.priority()).isEqualTo("110");
                assertThat(message.version()).isEqualTo("1");
                assertThat(message.application()).isEqualTo("camel-lustre");
                assertThat(message.text()).contains("\"type\":\"" + message.id() + "\"");
                assertThat(message.time()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
                assertThat(message.text())
                        .contains("\"time\":\"" + message.time().substring(0, 23));
            });
        }
    }

    @Test
    void onlyWhatIsUnderWayIsLostWithTheReceiver() throws Exception {
        try (DaemonProcess daemon = start("simulator:mdts=1,rate=500,records=4000");
                Rsyslog receiver = new Rsyslog(folder, port)) {
            receiver.start();
            await().atMost(PATIENCE).until(() -> receiver.received().size() >= 50);
            receiver.kill();
            int before = receiver.received().size();
            await().atMost(PATIENCE).until(() -> daemon.err().contains("consumer 'syslog' failed at index"));
            receiver.start();
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            List<String> removals = removals();
            String last = removals.get(removals.size() - 1);
            await().atMost(PATIENCE)
                    .until(() -> receiver.received().stream()
                            .anyMatch(message -> message.text().equals(last)));
            List<String> came = List.copyOf(new LinkedHashSet<>(
                    receiver.received().stream().map(Message::text).toList()));
            assertThat(came.subList(0, before)).isEqualTo(removals.subList(0, before));
            int after = came.size() - before;
            assertThat(after).isPositive();
            assertThat(came.subList(before, came.size()))
                    .isEqualTo(removals.subList(removals.size() - after, removals.size()));
        }
    }

    @Test
    void theLogOfTheDaemonHasThem() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.run(
                folder,
                "run",
                "--policies",
                "log,file",
                "--source",
                "simulator:mdts=1,rate=0,records=20000",
                "--set",
                "log.types=UNLNK,RMDIR")) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertThat(daemon.err().lines().map(line -> line.substring(line.indexOf('{'))))
                    .anyMatch(line -> line.contains("ünïcödé"))
                    .containsExactlyElementsOf(removals());
            assertThat(daemon.err().lines()).allMatch(line -> line.contains(" INFO  audit: {"));
        }
    }

    private List<String> removals() throws IOException {
        return Files.readAllLines(folder.resolve("data/out/lustre-MDT0000.jsonl")).stream()
                .filter(line -> line.matches(".*\"type\":\"(UNLNK|RMDIR)\".*"))
                .toList();
    }

    private DaemonProcess start(String source) {
        return DaemonProcess.start(
                folder,
                "run",
                "--policies",
                "syslog,file",
                "--source",
                source,
                "--set",
                "syslog.address=127.0.0.1:" + port,
                "--set",
                "syslog.types=UNLNK,RMDIR",
                "--set",
                "camel.component.lustre.redeliveryDelay=50ms",
                "--set",
                "camel.component.lustre.maxRedeliveryDelay=200ms");
    }
}

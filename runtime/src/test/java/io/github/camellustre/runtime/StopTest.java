// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end says whether anything was left: in the summary and in the exit code. */
class StopTest {
    private static final String FAILING = """
            - route:
                id: failing
                from:
                  uri: "lustre:*"
                  parameters:
                    batching: true
                    maxBatch: 1
                    maxRedeliveries: 0
                    redeliveryDelay: "%s"
                  steps:
                    - throwException:
                        exceptionType: java.lang.IllegalStateException
                        message: the sink is down
            """;

    @TempDir
    Path folder;

    private DaemonProcess startFailing(String delay, String source) throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/failing.camel.yaml"), FAILING.formatted(delay));
        return DaemonProcess.startIn(folder, folder, "run", "--policies", "failing", "--source", source);
    }

    @Test
    void aStopWithNothingInFlightIsClean() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(
                folder, "run", "--source", "simulator:mdts=2", "--set", "camellustre.status.interval=200ms")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> daemon.out().contains("/s position"));
            daemon.terminate();
            assertThat(daemon.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(daemon.out())
                    .containsPattern("lustre-MDT0001 [0-9]+/s position [0-9]+ in flight [0-9]+ cleared [0-9]+ lag")
                    .contains("left 0", "Stopped; nothing was in flight.")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void aStopWithRecordsInFlightSaysSo() throws Exception {
        try (DaemonProcess daemon = startFailing("1m", "simulator:mdts=1")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> daemon.err().contains("tries again"));
            daemon.terminate();
            assertThat(daemon.exitCode()).isEqualTo(ExitCode.LEFT);
            assertThat(daemon.out())
                    .contains("position 0", "what comes after index 0 is delivered again", "records were in flight");
        }
    }

    /** Camel's own would stop beside ours, and now and then have the stop wait for itself. */
    @Test
    void nobodyElseReactsToASignal() throws Exception {
        Path log = Files.writeString(folder.resolve("log.xml"), """
                <configuration>
                  <appender name="stderr" class="ch.qos.logback.core.ConsoleAppender">
                    <target>System.err</target>
                    <encoder><pattern>%logger{0}: %msg%n</pattern></encoder>
                  </appender>
                  <logger name="org.apache.camel.main" level="INFO"/>
                  <root level="WARN"><appender-ref ref="stderr"/></root>
                </configuration>
                """);
        try (DaemonProcess daemon = DaemonProcess.startWith(
                List.of("-Dlogback.configurationFile=" + log),
                folder,
                List.of("run", "--source", "simulator:mdts=1", "--set", "camellustre.status.interval=200ms"))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> daemon.out().contains("/s position"));
            daemon.terminate();
            assertThat(daemon.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(daemon.err()).contains("(Main)").doesNotContain("shutdown hook");
        }
    }

    @Test
    void aSinkThatHangsDoesNotHangTheStop() throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/hanging.camel.yaml"), """
                - route:
                    id: hanging
                    from:
                      uri: "lustre:*?batching=true"
                      steps:
                        - delay:
                            constant: 600000
                """);
        try (DaemonProcess daemon = DaemonProcess.startIn(
                folder,
                folder,
                "run",
                "--policies",
                "hanging",
                "--source",
                "simulator:mdts=1,records=10,rate=0",
                "--set",
                "camel.main.shutdownTimeout=1",
                "--set",
                "camellustre.status.interval=100ms")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> daemon.out().contains("in flight 10"));
            daemon.terminate();
            assertThat(daemon.exitCode()).isEqualTo(ExitCode.LEFT);
            assertThat(daemon.out()).contains("left 10: what comes after index 0 is delivered again");
        }
    }

    @Test
    void aConsumerThatStoppedForGoodEndsAFiniteSourceWithAnError() throws Exception {
        try (DaemonProcess daemon = startFailing("1ms", "simulator:mdts=1,records=10,rate=0")) {
            assertThat(daemon.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(daemon.out())
                    .contains("'failing' has stopped at index 1", "the sink is down", "Not everything is done.");
        }
    }
}

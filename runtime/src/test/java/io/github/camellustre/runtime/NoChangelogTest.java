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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies that read no changelog run where there is none. */
class NoChangelogTest {
    private static final String COPY = """
        - route:
            id: copy
            from:
              uri: file:in
              steps:
                - to: file:copied
        """;

    @TempDir
    Path folder;

    private DaemonProcess copy(String... arguments) throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/copy.camel.yaml"), COPY);
        String[] all = new String[arguments.length + 3];
        System.arraycopy(new String[] {"run", "--policies", "copy"}, 0, all, 0, 3);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return DaemonProcess.startIn(folder, folder, all);
    }

    @Test
    void noSourceIsOpenedForThem() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/some"), "text");
        try (DaemonProcess daemon = copy("--source", "device", "--mdt", "none-MDT0000")) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !daemon.isAlive() || Files.exists(folder.resolve("copied/some")));
            daemon.terminate();
            assertThat(daemon.exitCode()).as(daemon.err()).isEqualTo(ExitCode.DONE);
            assertThat(daemon.out()).contains("Stopped.").doesNotContain("in flight");
            assertThat(folder.resolve("data/state")).doesNotExist();
        }
    }

    @Test
    void aFileToReplayIsRefused() throws Exception {
        try (DaemonProcess daemon = copy("--input", "some-MDT0000.bin")) {
            assertThat(daemon.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(daemon.err()).contains("--input: none of the policies reads a changelog");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        true  | - from: {uri: "lustre:*", steps: []}
        true  | - from: "lustre:*"
        true  | - route: {from: {uri: lustre:fs-MDT0000}}
        true  | - from: {uri: "kamelet:lustre-changelog-source"}
        true  | - from: {uri: "{{my.start}}"}
        true  | - from: {id: x, uri: "direct:x"}
        true  | - frm: "direct:x"
        true  | - from: "direct:x"; - from: "lustre:*"
        false | - from: "direct:x"
        false | - from: {uri: "kafka:{{topic:lustre}}", steps: [{to: "lustre:fs?operation=learn"}]}
        false | # - from: "lustre:*"; - from: {uri: 'direct:x'}
        """)
    void whetherTheyReadOneIsInTheirText(boolean reads, String policy) throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), policy.replace("; ", "\n"));
        assertThat(new PolicyText(List.of("file:" + file)).mayReadChangelogs()).isEqualTo(reads);
    }
}

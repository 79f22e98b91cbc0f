// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files beside the script win over those in the jar, and a mistake in one is reported with file and line. */
class PolicyErrorTest {
    private static final String POLICY = """
            - route:
                id: mine
                from:
                  uri: "lustre:{{lustre.mdts:*}}"
                  parameters:
                    batching: true
                  steps:
                    - to:
                        uri: lustre-lines:data/out
                        parameters:
                          form: json
            """;

    @TempDir
    Path home;

    @BeforeEach
    void folders() throws Exception {
        Files.createDirectories(home.resolve("routes"));
    }

    private DaemonProcess run(String policy, String... arguments) throws Exception {
        Files.writeString(home.resolve("routes/mine.camel.yaml"), policy);
        String[] all = new String[arguments.length + 3];
        System.arraycopy(new String[] {"run", "--policies", "mine"}, 0, all, 0, 3);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        DaemonProcess daemon = DaemonProcess.startIn(home, home, all);
        daemon.exitCode();
        return daemon;
    }

    @Test
    void aPolicyOnDiskRuns() throws Exception {
        DaemonProcess daemon = run(POLICY, "--source", "simulator:mdts=1,records=10,rate=0");
        assertThat(daemon.exitCode()).as(daemon.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readAllLines(home.resolve("data/out/lustre-MDT0000.jsonl")))
                .hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from:              | frm:                | line 2 | Unsupported field: frm
            batching: true     | batching: [true     | line 6 | expected ',' or ']'
            - to:              | - too:              | line 8 | Unknown node id: too
            batching: true     | batchng: true       | :6     | unknown option batchng=true
            form: json         | form: jsn           | :11    | option form=jsn is not understood
            lustre-lines:      | lustre-line:        | :9     | No endpoint could be found
            {{lustre.mdts:*}}  | fs-MDT0007          | :4     | there is no such MDT
            {{lustre.mdts:*}}  | {{my.mdts}}         | :4     | the property my.mdts is not set
            """)
    void namesFileAndLine(String right, String wrong, String line, String message) throws Exception {
        DaemonProcess daemon = run(POLICY.replace(right, wrong));
        assertThat(daemon.err()).contains("mine.camel.yaml", line, message).doesNotContain("\tat ");
        assertThat(daemon.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void whatTheSystemRefusesIsNotBlamedOnThePolicy() throws Exception {
        Files.createDirectories(home.resolve("data"));
        Files.createFile(home.resolve("data/out"));
        DaemonProcess daemon = run(POLICY);
        assertThat(daemon.err())
                .contains("mine.camel.yaml:", "data/out: cannot make the directory")
                .doesNotContain("Mend the policy", "\tat ");
        assertThat(daemon.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void namesFileAndLineOfASetting() throws Exception {
        Files.writeString(home.resolve("application.properties"), """
                # mine
                camellustre.policies = mine
                camel.component.lustre.maxInFligt = 100
                """);
        DaemonProcess daemon = run(POLICY);
        assertThat(daemon.err()).contains("application.properties:3: ", "maxInFligt", "there is no such property");
        assertThat(daemon.exitCode()).isEqualTo(ExitCode.USAGE);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kamelets come with the program, and those on disk beside it win. */
class KameletPlacesTest {
    private static final String POLICY = """
            - route:
                id: mine
                from:
                  uri: lustre:*
                  parameters: {batching: true}
                  steps:
                    - kamelet:
                        name: lustre-filter-action
                        parameters:
                          filter: name=*.nothing
                    - to: lustre-lines:data/out?form=json
            """;
    private static final String ON_DISK = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata: {name: lustre-filter-action}
            spec:
              definition:
                properties:
                  filter: {title: Filter, type: string}
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - log: "let through in spite of {{filter}}"
            """;

    @TempDir
    Path home;

    private DaemonProcess run(String policy) throws Exception {
        Files.createDirectories(home.resolve("routes"));
        Files.writeString(home.resolve("routes/mine.camel.yaml"), policy);
        DaemonProcess daemon = DaemonProcess.startIn(
                home, home, "run", "--policies", "mine", "--source", "simulator:mdts=1,records=10,rate=0");
        daemon.exitCode();
        return daemon;
    }

    private List<String> written() throws Exception {
        Path file = home.resolve("data/out/lustre-MDT0000.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void builtIn() throws Exception {
        DaemonProcess daemon = run(POLICY);
        assertThat(daemon.exitCode()).as(daemon.err()).isEqualTo(ExitCode.DONE);
        assertThat(written()).isEmpty();
        assertThat(daemon.err()).contains("let 0 of 10 records through; dropped by term: {name=*.nothing=10}");
    }

    @Test
    void onDisk() throws Exception {
        Files.createDirectories(home.resolve("kamelets"));
        Files.writeString(home.resolve("kamelets/lustre-filter-action.kamelet.yaml"), ON_DISK);
        DaemonProcess daemon = run(POLICY);
        assertThat(daemon.exitCode()).as(daemon.err()).isEqualTo(ExitCode.DONE);
        assertThat(written()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size=1M   | no changelog record carries the size",
                "type=NOPE | unknown record type 'NOPE': known are",
                "uid=root  | no number: 'root'",
            })
    void anErrorInAParameterNamesTheLineOfThePolicy(String filter, String why) throws Exception {
        DaemonProcess daemon = run(POLICY.replace("name=*.nothing", filter));
        assertThat(daemon.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(daemon.err())
                .contains("mine.camel.yaml:10", "filter=" + filter + " is not understood: ", why)
                .doesNotContain("\tat ");
    }
}

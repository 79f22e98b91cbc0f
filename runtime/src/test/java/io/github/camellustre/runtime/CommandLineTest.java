// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked for and does not exist stops the start: exit code 2, one message that says what there is, no stack. */
class CommandLineTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run --bogus                                    | Unknown option: '--bogus'
            read                                           | Missing required option: '--mdt=NAME'
            read --mdt m --server mds1                     | no address of a server: 'mds1'
            read --mdt m --group a/b                       | no name of a group: 'a/b'
            read --mdt m --filter size=1                   | size
            read --mdt m --batch 0                         | no batch of 0 records
            read --mdt m --lease soon                      | --lease: 'soon' is no duration
            read --mdt m --form xml                        | --form: there is no form 'xml'; there are text, json and raw
            read --mdt m --count 0                         | --count: 0 records are none
            read --mdt m --user cl1                        | --user goes with --source
            read --mdt m --source llapi --server tcp://a   | --source reads without a server
            read --mdt m --source foo                      | unknown source 'foo'
            read --mdt m --curve-own x                     | --curve-server and --curve-own go together
            read --mdt m --curve-own x --curve-server y    | cannot read the CURVE certificate
            rum                                            | Did you mean: camel-lustre run?
            run --set nonsense                             | KEY=VALUE
            run --policies nope                            | --policies: there is no policy 'nope'; there are archive,
            run --mdt fs-MDT0000                           | --mdt: there is no MDT 'fs-MDT0000'; the source offers lustre-MDT0000
            run --mdt other-*                              | --mdt: no MDT matches 'other-*'
            run --user fs-MDT0000=cl1                      | --user: there is no MDT 'fs-MDT0000'
            run --source foo                               | --source: unknown source 'foo'
            run --source simulator:mdts=0                  | --source: source simulator: option 'mdts' has the value '0'
            run --source simulator --input x-MDT0000.bin   | --input goes with --source replay
            run --source replay                            | --source: a replay needs --input FILE
            run --input none-MDT0000.bin                   | there is no file none-MDT0000.bin
            run --set camellustre.foo=1                    | there is no property 'camellustre.foo'
            run --set camellustre.status.interval=soon     | 'soon' is no duration
            run --set camel.component.lustre.maxInFligt=1  | there is no such property
            run --set camel.component.lustre.onGap=maybe   | --set camel.component.lustre.onGap: onGap=maybe: use continue or stop
            """)
    void refusesWhatThereIsNot(String arguments, String message) throws Exception {
        DaemonProcess daemon = DaemonProcess.run(folder, arguments.split(" +"));
        assertThat(daemon.err()).contains(message).doesNotContain("\tat ");
        assertThat(daemon.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(daemon.out()).isEmpty();
    }

    @Test
    void helpSaysOptionsAndExitCodes() throws Exception {
        DaemonProcess daemon = DaemonProcess.run(folder, "run", "--help");
        assertThat(daemon.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(daemon.out())
                .contains("--policies", "--source", "--input", "--mdt", "--user", "--data", "--set", "--fresh")
                .contains("Exit codes:", "0   a finite source", "3   it was stopped");
    }
}

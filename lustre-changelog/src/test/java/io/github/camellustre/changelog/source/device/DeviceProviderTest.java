// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceSpec;
import io.github.camellustre.changelog.source.live.ChangelogDevices;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong without any Lustre. */
class DeviceProviderTest {
    @TempDir
    Path folder;

    private ChangelogSource source() throws SourceException {
        return SourceSpec.parse("device:dir=" + folder).create();
    }

    @Test
    void aFolderThatIsMissingOrHasNoDeviceSaysSo() throws Exception {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> source().mdts())
                .withMessageContaining("mount a Lustre file system on this machine")
                .matches(SourceException::isRetryable);
        Path missing = folder.resolve("missing");
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(
                        () -> SourceSpec.parse("device:dir=" + missing).create().mdts())
                .withMessageContaining("cannot look for changelog devices in " + missing)
                .matches(e -> !e.isRetryable());
    }

    @Test
    void onlyChangelogDevicesAreMdts() throws Exception {
        for (String name :
                new String[] {"changelog-fs-MDT0001", "changelog-fs-MDT000a", "changelog-x", "tty", "fs-MDT0002"}) {
            Files.createFile(folder.resolve(name));
        }
        assertThat(source().mdts()).containsExactly("fs-MDT0001", "fs-MDT000a");
        assertThat(new ChangelogDevices(folder).exist()).isTrue();
        assertThat(new ChangelogDevices(folder.resolve("missing")).exist()).isFalse();
    }

    @Test
    void anOrdinaryFileIsNoDevice() throws Exception {
        Files.createFile(folder.resolve("changelog-fs-MDT0000"));
        try (ChangelogSource source = source();
                ChangelogStream stream = source.open("fs-MDT0000", 7)) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> stream.read(1, 1))
                    .withMessageContaining("ENOTTY: this is no changelog device")
                    .matches(e -> !e.isRetryable());
        }
    }

    @Test
    void positionsOfBothLiveSourcesAreTheSame() throws Exception {
        assertThat(source().identity("fs-MDT0000")).isEqualTo("lustre:fs-MDT0000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dirs=/dev",
                "dir=",
                "wait=poll",
                "pollInterval=20",
                "pollInterval=0ms",
                "pollInterval=11m",
                "pollInterval=soon"
            })
    void anOptionThatIsNotUnderstoodIsRefused(String option) {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> SourceSpec.parse("device:" + option).create())
                .withMessageContaining("source device")
                .withMessageContaining("'" + option.substring(0, option.indexOf('=')));
    }
}

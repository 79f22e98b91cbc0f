// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.source.live.ChangelogDevices;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangelogSourcesTest {

    @Test
    void allKindsAreFound() throws Exception {
        assertThat(ChangelogSources.kinds()).containsExactly("device", "llapi", "replay", "simulator");
        for (String kind : ChangelogSources.kinds()) {
            assertThat(ChangelogSources.provider(kind).kind()).isEqualTo(kind);
        }
    }

    /** What is in /dev of this machine decides. */
    @Test
    void withoutAnotherWordItIsTheDevicesOrTheSimulator() {
        boolean lustreIsMounted = ChangelogDevices.ofKernel().exist();
        assertThat(ChangelogSources.defaultKind()).isEqualTo(lustreIsMounted ? "device" : "simulator");
    }

    @Test
    void theyAreFoundWhateverTheThreadsClassLoader() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader knowsNothing = new URLClassLoader(new URL[0], null)) {
            thread.setContextClassLoader(knowsNothing);
            assertThat(ChangelogSources.kinds()).contains("replay", "simulator");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void anUnknownKindNamesThoseThereAre() {
        assertThatThrownBy(() -> ChangelogSources.provider("robinhood"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("'robinhood'")
                .hasMessageContaining("replay")
                .hasMessageContaining("simulator");
    }

    @Test
    void theCommandLineFormIsRead() throws Exception {
        assertThat(SourceSpec.parse("simulator")).isEqualTo(new SourceSpec("simulator", Map.of()));
        assertThat(SourceSpec.parse("simulator:")).isEqualTo(new SourceSpec("simulator", Map.of()));
        assertThat(SourceSpec.parse("simulator:mdts=2, rate=0"))
                .isEqualTo(new SourceSpec("simulator", Map.of("mdts", "2", "rate", "0")));
        assertThat(SourceSpec.parse("replay:input=C:/a b/x.bin=fs-MDT0000"))
                .isEqualTo(new SourceSpec("replay", Map.of("input", "C:/a b/x.bin=fs-MDT0000")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", ":mdts=2", "simulator:mdts", "simulator:=2", "simulator:mdts=2,", "simulator:a=1,a=2"})
    void whatIsNoSpecIsRefused(String text) {
        assertThatThrownBy(() -> SourceSpec.parse(text))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("KIND[:key=value,key=value]");
    }
}

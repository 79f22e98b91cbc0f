// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.llapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.SourceOptions;
import io.github.camellustre.changelog.source.SourceSpec;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LlapiProviderTest {

    @Test
    void aMissingLibrarySaysWhatToInstall() {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> SourceSpec.parse("llapi:library=/nowhere/liblustreapi.so")
                        .create())
                .withMessageContaining("cannot load the library '/nowhere/liblustreapi.so'")
                .withMessageContaining("install the Lustre client's user tools")
                .matches(e -> !e.isRetryable());
    }

    /** The C library has none of the functions. */
    @Test
    void aLibraryThatLacksAFunctionSaysSo() throws Exception {
        try (ChangelogSource source = SourceSpec.parse("llapi:library=c").create();
                ChangelogStream stream = source.open("fs-MDT0000", 1)) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> stream.read(1, 1))
                    .withMessageContaining("fs-MDT0000: the library liblustreapi lacks llapi_changelog_start: use")
                    .matches(e -> !e.isRetryable());
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> source.clear("fs-MDT0000", "cl1", 5))
                    .withMessageContaining("llapi_changelog_clear");
        }
    }

    @Test
    void aLibraryBefore218HasNoKernelMask() throws Exception {
        try (ChangelogSource source = SourceSpec.parse("llapi:library=c,kernelMask=CREAT,kernelUser=cl1")
                        .create();
                ChangelogStream stream = source.open("fs-MDT0000", 1)) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> stream.read(1, 1))
                    .withMessageContaining("lacks llapi_changelog_start_user: leave out kernelMask");
        }
    }

    @Test
    void aKernelMaskIsTypesOfOneUser() throws Exception {
        SourceOptions options = SourceOptions.of(
                "llapi",
                Map.of(KernelMask.MASK, "MARK+CREAT+24", KernelMask.USER, "cl1"),
                Set.of(KernelMask.MASK, KernelMask.USER));
        assertThat(KernelMask.parse(options)).contains(new KernelMask("cl1", 1 | 1 << 1 | 1 << 24));
    }

    @Test
    void aKernelMaskThatIsHalfOrUnknownIsRefused() {
        for (String options : new String[] {
            "kernelMask=CREAT", "kernelUser=cl1", "kernelUser=cl1,kernelMask=NONE", "kernelUser=cl1,kernelMask=64"
        }) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(
                            () -> SourceSpec.parse("llapi:library=c," + options).create())
                    .withMessageContaining("kernelMask");
        }
    }
}

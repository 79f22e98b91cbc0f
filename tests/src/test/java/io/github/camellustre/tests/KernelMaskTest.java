// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceException;
import org.junit.jupiter.api.Test;

/** The filter in the kernel: liblustreapi asks for it, on behalf of a user that has a mask. */
class KernelMaskTest extends FakeLustreTestbed {

    @Test
    void onlyTheTypesAskedForCome() throws Exception {
        mdt.register("", "CREAT,UNLNK,RENME");
        mdt.load(unpacked(ZOO));
        try (ChangelogSource source = Door.LLAPI.open(lustre, "kernelMask=CREAT+UNLNK+MKDIR", "kernelUser=cl1")) {
            assertThat(source.isFiltered()).isTrue();
            assertThat(Door.toEnd(source, mdt.name(), 0))
                    .extracting(ChangelogRecord::type)
                    .containsOnly(RecordType.CREAT, RecordType.UNLNK);
        }
    }

    @Test
    void aUserWithoutAMaskSaysWhatToRegister() throws Exception {
        mdt.register();
        try (ChangelogSource source = Door.LLAPI.open(lustre, "kernelMask=CREAT", "kernelUser=cl1")) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> Door.toEnd(source, mdt.name(), 0))
                    .withMessageContaining("the MDT knows no changelog user 'cl1' that has a mask; register one")
                    .matches(e -> !e.isRetryable());
        }
    }

    @Test
    void isOffUnlessAskedFor() throws Exception {
        mdt.register("", "CREAT").load(unpacked(ZOO));
        try (ChangelogSource source = Door.LLAPI.open(lustre)) {
            assertThat(source.isFiltered()).isFalse();
            assertThat(Door.toEnd(source, mdt.name(), 0)).hasSize((int) LAST);
        }
    }
}

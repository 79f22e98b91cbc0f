// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.source.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrnoTest {
    private static final String MDT = "fs-MDT0000";

    @ParameterizedTest
    @EnumSource
    void isExplainedInTheDocs(Errno errno) throws Exception {
        assertThat(Files.readString(Path.of("..", "docs", "sources.md"))).containsPattern("\\b" + errno + "\\b");
    }

    @Test
    void theSameNumberMeansSomethingElseToAClear() {
        int enoent = Errno.ENOENT.number();
        SourceException device = Errno.opening(MDT, Path.of("/dev/changelog-" + MDT), enoent);
        SourceException user = Errno.clearing(MDT, "cl1", 5, enoent);
        assertThat(device.isRetryable()).isTrue();
        assertThat(device).hasMessageContaining("mount the file system");
        assertThat(user.isRetryable()).isFalse();
        assertThat(user).hasMessageContaining("register a new one");
    }

    @Test
    void anUnknownNumberIsTriedAgain() {
        SourceException e = Errno.reading(MDT, 17, 77);
        assertThat(e)
                .hasMessage(
                        MDT
                                + ": cannot read on from index 17: errno 77: see the kernel's log on this node; it is tried again");
        assertThat(e.isRetryable()).isTrue();
    }
}

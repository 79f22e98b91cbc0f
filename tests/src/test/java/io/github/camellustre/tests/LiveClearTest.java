// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent to an MDT to clear, and what its answers mean. */
class LiveClearTest extends FakeLustreTestbed {

    @BeforeEach
    void load() throws IOException {
        withZoo();
    }

    private List<FakeClear> clears() throws IOException {
        return lustre.clears().stream()
                .filter(clear -> clear.mdt().equals(mdt.name()))
                .toList();
    }

    private SourceException refused(ChangelogSource source, String user, long index) {
        try {
            source.clear(mdt.name(), user, index);
        } catch (SourceException e) {
            return e;
        }
        throw new AssertionError("the clear was taken");
    }

    @ParameterizedTest
    @EnumSource
    void movesTheUsersMark(Door door) throws Exception {
        try (ChangelogSource source = door.open(lustre)) {
            Door.toEnd(source, mdt.name(), 0);
            source.clear(mdt.name(), "cl1", 100);
            source.clear(mdt.name(), "cl1", 100);
            source.clear(mdt.name(), "cl1-robin", 1215);
            assertThat(clears())
                    .extracting(FakeClear::index, FakeClear::user, FakeClear::answer)
                    .containsExactly(tuple(100L, "cl1", "OK"), tuple(100L, "cl1", "OK"), tuple(1215L, "cl1", "OK"));
            assertThat(Door.toEnd(source, mdt.name(), 0)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownUserOrIndexNeedsAnOperator(Door door) throws Exception {
        try (ChangelogSource source = door.open(lustre)) {
            assertThat(refused(source, "cl77", 5))
                    .hasMessageContaining(
                            mdt.name() + ": cannot clear up to 5 for 'cl77': ENOENT: the MDT does not know this user")
                    .matches(e -> !e.isRetryable());
            assertThat(refused(source, "cl1", 5000))
                    .hasMessageContaining("EINVAL: the index is above the newest record")
                    .matches(e -> !e.isRetryable());
            source.clear(mdt.name(), "cl1", 50);
            assertThat(refused(source, "cl1", 10))
                    .hasMessageContaining("EINVAL")
                    .matches(e -> !e.isRetryable());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nonsenseIsNeverSent(Door door) throws Exception {
        try (ChangelogSource source = door.open(lustre)) {
            for (String user : new String[] {"robin", "cl", "cl1junk", "", "1"}) {
                assertThat(refused(source, user, 5)).hasMessageContaining("is no changelog user");
            }
            for (long index : new long[] {0, -1}) {
                assertThatExceptionOfType(IllegalArgumentException.class)
                        .isThrownBy(() -> source.clear(mdt.name(), "cl1", index));
            }
            assertThat(clears()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatPassesIsRetryable(Door door) throws Exception {
        try (ChangelogSource source = door.open(lustre)) {
            for (String errno : new String[] {"EIO", "EINPROGRESS", "ESHUTDOWN", "ENODEV", "EINTR", "ENXIO"}) {
                mdt.clearError(errno);
                SourceException e = refused(source, "cl1", 5);
                assertThat(e).hasMessageContaining("cannot clear up to 5 for 'cl1': " + errno);
                assertThat(e.isRetryable()).as(errno).isTrue();
            }
            mdt.clearError("EACCES");
            assertThat(refused(source, "cl1", 5).isRetryable()).isFalse();
            mdt.clearError("OK");
            mdt.unmount();
            SourceException e = refused(source, "cl1", 5);
            assertThat(e).hasMessageContaining("ENOENT: there is no such device: mount");
            assertThat(e.isRetryable()).isTrue();
            mdt.mount();
            source.clear(mdt.name(), "cl1", 5);
            assertThat(mdt.users()).containsPattern("cl1 +5 ");
        }
    }
}

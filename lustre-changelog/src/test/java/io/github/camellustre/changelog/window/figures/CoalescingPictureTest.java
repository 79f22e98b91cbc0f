// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.window.Coalescing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pictures of docs/coalescing.md show what the strategies do; {@code tests/coalescing/run.sh} writes them. */
class CoalescingPictureTest {

    @ParameterizedTest
    @EnumSource
    void showsWhatTheStrategyDoes(Coalescing coalescing) throws Exception {
        CommittedFile picture = new CommittedFile("images/coalesce-" + coalescing + ".svg");
        String drawn = CoalescingPicture.of(coalescing);
        if (CommittedFile.isWritten()) {
            picture.write(drawn);
        }
        assertThat(picture.read()).isEqualTo(drawn);
    }
}

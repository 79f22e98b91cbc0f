// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CauseTextTest {
    @Test
    void aFailureWithoutCauseIsItself() {
        assertThat(CauseText.of(new IOException("full"))).isEqualTo("java.io.IOException: full");
    }

    @Test
    void theReasonIsAddedWhereOnlyACauseTellsIt() {
        IOException refused = new IOException("refused");
        IOException wrapped = new IOException("cannot connect", new IllegalStateException((String) null, refused));
        assertThat(CauseText.of(wrapped))
                .isEqualTo("java.io.IOException: cannot connect (java.io.IOException: refused)");
    }

    @Test
    void whatTheFailureSaysAlreadyIsNotSaidTwice() {
        IOException refused = new IOException("refused");
        assertThat(CauseText.of(new IllegalStateException(refused)))
                .isEqualTo("java.lang.IllegalStateException: java.io.IOException: refused");
    }

    @Test
    void aCircleOfCausesEnds() {
        IOException one = new IOException("one");
        IOException other = new IOException("other", one);
        one.initCause(other);
        assertThat(CauseText.of(one)).isEqualTo("java.io.IOException: one (java.io.IOException: other)");
    }
}

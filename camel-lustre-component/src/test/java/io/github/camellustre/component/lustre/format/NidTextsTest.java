// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.Nid;
import org.junit.jupiter.api.Test;

class NidTextsTest {

    /** More than there is room for, so that some take the place of others. */
    @Test
    void eachNidHasItsOwnText() {
        NidTexts texts = new NidTexts();
        for (int round = 0; round < 2; round++) {
            for (int address = 0; address < 1_000; address++) {
                Nid nid = Nid.of(2, 0, 0x0a000000 + address);
                assertThat(texts.of(nid).getValue()).isEqualTo(nid.toString());
                assertThat(texts.of(nid)).isSameAs(texts.of(Nid.of(2, 0, 0x0a000000 + address)));
            }
        }
    }
}

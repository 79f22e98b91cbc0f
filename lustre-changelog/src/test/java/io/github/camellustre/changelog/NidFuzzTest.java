// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Any text is refused as no NID, or prints as it was read; any structure prints as something that reads as the same. */
class NidFuzzTest {

    @FuzzTest
    void parse(byte[] bytes) {
        if (bytes.length == Nid.STRUCT_SIZE) {
            Nid nid = Nid.ofStruct(bytes, 0);
            assertThat(Nid.parse(nid.toString())).hasToString(nid.toString());
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        Nid nid;
        try {
            nid = Nid.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessage("no NID: '" + text + "'");
            return;
        }
        assertThat(nid).hasToString(text);
        byte[] struct = new byte[Nid.STRUCT_SIZE];
        nid.toStruct(struct, 0);
        assertThat(Nid.ofStruct(struct, 0)).isEqualTo(nid);
        assertThat(Nid.ofLong(nid.toLong())).isEqualTo(nid.fitsLong() ? nid : Nid.ZERO);
    }
}

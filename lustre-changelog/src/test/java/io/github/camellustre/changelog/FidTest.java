// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FidTest {

    @Property(tries = 1000)
    void theTextIsThatOfPrintf(@ForAll long sequence, @ForAll int object, @ForAll int version) {
        Fid fid = new Fid(sequence, object, version);
        String printed =
                String.format("[0x%x:0x%x:0x%x]", sequence, object, version).replace("[0x0:", "[0:");
        assertThat(fid).hasToString(printed);
        assertThat(Fid.parse(printed)).isEqualTo(fid);

        byte[] into = new byte[3 + Fid.TEXT_SIZE];
        int end = fid.writeText(into, 3);
        assertThat(new String(into, 0, end, StandardCharsets.ISO_8859_1)).isEqualTo("\0\0\0" + printed);
    }

    @Example
    void theLongestTextFits() {
        assertThat(new Fid(-1, -1, -1).toString())
                .isEqualTo("[0xffffffffffffffff:0xffffffff:0xffffffff]")
                .hasSize(Fid.TEXT_SIZE);
        assertThat(Fid.ZERO).hasToString("[0:0x0:0x0]");
    }
}

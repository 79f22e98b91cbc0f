// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.Captures;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.Nid;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LfsTextTest {
    @ParameterizedTest
    @CsvSource({
        Captures.ZOO + ",zoo/zoo-MDT0000.txt",
        Captures.IPV6 + ",ipv6nid/ipv6nid-MDT0000.txt",
        Captures.BIG + ",big/big-MDT0000.txt.gz"
    })
    void printsWhatLustrePrinted(String binary, String text) {
        RecordBlock block = Captures.block(binary);
        byte[] printed = new LfsText().append(block, 0, block.count()).toByteArray();
        assertThat(printed).isEqualTo(Captures.bytes(text));
    }

    @Test
    void oneRecordAtATimePrintsTheSame() {
        LfsText text = new LfsText();
        for (ChangelogRecord record : Captures.records(Captures.ZOO)) {
            text.append(record);
        }
        assertThat(text.toByteArray()).isEqualTo(Captures.bytes("zoo/zoo-MDT0000.txt"));
    }

    @Test
    void aTypeThatIsNewerThanWeAre() {
        assertThat(line(new RecordBuilder().reset(25)))
                .isEqualTo("0 25(null) 00:00:00.000000000 1970.01.01 0x0 t=[0:0x0:0x0]\n");
        assertThat(line(new RecordBuilder().reset(1234))).startsWith("0 1234(null) ");
        assertThat(line(new RecordBuilder().reset(-2))).startsWith("0 -2(null) ");
    }

    @Test
    void largestNumbers() {
        RecordBuilder record = new RecordBuilder(RecordType.MKDIR)
                .index(-1)
                .time((1L << 34) - 1, (1 << 30) - 1)
                .typeFlags(0xfff)
                .target(new Fid(-1, -1, -1))
                .uidGid(-1, 4294967296L);
        assertThat(line(record))
                .isEqualTo("18446744073709551615 02MKDIR 01:53:03.1073741823 2514.05.30 0xfff"
                        + " t=[0xffffffffffffffff:0xffffffff:0xffffffff] ef=0x1 u=18446744073709551615:4294967296\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0,''",
        "1,' m=r--'",
        "2,' m=-w-'",
        "3,' m=rw-'",
        "4,' m=--x'",
        "7,' m=--x'",
        "0x200,' m=-w-'",
        "0x401,' m=rw-'",
        "0x40,''"
    })
    void openMode(String flags, String field) {
        RecordBuilder record = new RecordBuilder(RecordType.OPEN).openFlags(Integer.decode(flags));
        assertThat(line(record)).endsWith(" ef=0x4" + field + "\n");
    }

    @Test
    void emptyTextsAreLeftOutButAnEmptyNameIsASpace() {
        RecordBuilder record =
                new RecordBuilder(RecordType.XATTR).job("").xattr("").name(new byte[] {0, 'g'});
        assertThat(line(record)).endsWith(" t=[0:0x0:0x0] ef=0x8 \n");
    }

    @Test
    void aZeroParentIsLeftOutWhateverItsVersion() {
        assertThat(line(new RecordBuilder(RecordType.CLOSE).parent(new Fid(0, 0, 7))))
                .endsWith(" t=[0:0x0:0x0]\n");
        assertThat(line(new RecordBuilder(RecordType.CLOSE).parent(new Fid(0, 0x50, 7))))
                .endsWith(" p=[0:0x50:0x7]\n");
    }

    @Test
    void aRenameWithoutSourceHasNoOldName() {
        RecordBuilder record = new RecordBuilder(RecordType.RENME).name("new").oldName("old");
        assertThat(line(record.rename(Fid.ZERO, new Fid(1, 2, 3)))).endsWith(" t=[0:0x0:0x0] new\n");
        assertThat(line(record.rename(new Fid(9, 9, 9), new Fid(1, 2, 3))))
                .endsWith(" new s=[0x9:0x9:0x9] sp=[0x1:0x2:0x3] old\n");
    }

    @Test
    void manyNidsInBothForms() {
        LfsText text = new LfsText();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5000; i++) {
                text.clear();
                Nid nid = Nid.of(2, i % 3, 0x0a000000 + i);
                RecordBuilder record = new RecordBuilder(RecordType.CLOSE);
                text.append((i % 2 == 0 ? record.nid(nid) : record.oldNid(nid)).build("m"));
                assertThat(new String(text.toByteArray(), StandardCharsets.US_ASCII))
                        .endsWith(" nid=" + nid + "\n");
            }
        }
    }

    private static String line(RecordBuilder record) {
        return new String(LfsText.of(record.build("fs-MDT0000")), StandardCharsets.UTF_8);
    }
}

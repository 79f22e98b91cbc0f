// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.Captures;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class LfsTextReaderTest {
    private static final String HEAD = " 09:56:27.832146180 2026.11.22 0x0 t=[0x200000402:0x4:0x0]";
    private static final String CREAT = " 01CREAT" + HEAD + " j=touch.0 ef=0x13 u=0:0 nid=0@lo p=[0x200000402:0x3:0x0]";
    private static final String CLOSE = " 11CLOSE" + HEAD + " j=touch.0 ef=0x13 u=0:0 nid=0@lo";
    private static final String RENME =
            " 08RENME 09:56:27.832146180 2026.11.22 0x0 t=[0:0x0:0x0] ef=0x0 p=[0x1:0x3:0x0]";

    @Test
    void aNameWithNewlines() throws IOException {
        assertThat(read("1" + CREAT + " a\nb\n\nc\n2" + CLOSE + "\n"))
                .extracting(ChangelogRecord::nameText)
                .containsExactly("a\nb\n\nc", "");
    }

    @Test
    void anEmptyJobIsAName() throws IOException {
        ChangelogRecord record = read("1 24NOPEN" + HEAD + " j=\n").get(0);
        assertThat(record.hasJobId()).isFalse();
        assertThat(record.nameText()).isEqualTo("j=");
    }

    @Test
    void indexesMayHaveGaps() throws IOException {
        assertThat(read("7" + CREAT + " a\n9" + CREAT + " b\n1000" + CLOSE + "\n"))
                .extracting(ChangelogRecord::index)
                .containsExactly(7L, 9L, 1000L);
    }

    @Test
    void aNameThatLooksLikeARecordOfThePast() throws IOException {
        List<ChangelogRecord> records = read("5" + CREAT + " a\n3" + CLOSE + "\n6" + CLOSE + "\n");
        assertThat(records).extracting(ChangelogRecord::index).containsExactly(5L, 6L);
        assertThat(records.get(0).nameText()).isEqualTo("a\n3" + CLOSE);
    }

    @Test
    void aNameThatLooksLikeARecordOfTheFuture() throws IOException {
        List<ChangelogRecord> records = read("5" + CREAT + " a\n999" + CLOSE + "\n6" + CLOSE + "\n8" + CLOSE + "\n");
        assertThat(records).extracting(ChangelogRecord::index).containsExactly(5L, 6L, 8L);
    }

    @Test
    void aNameThatLooksLikeARecordOfTheFutureBeforeAGap() throws IOException {
        List<ChangelogRecord> records = read("5" + CREAT + " a\n999" + CLOSE + "\n8" + CLOSE + "\n9" + CLOSE + "\n");
        assertThat(records).extracting(ChangelogRecord::index).containsExactly(5L, 8L, 9L);
    }

    @Test
    void onlyARecordThatEndsInANameCanGoOn() {
        assertThatThrownBy(() -> read("1" + CLOSE + "\nno record\n2" + CLOSE + "\n"))
                .isInstanceOf(LfsTextException.class)
                .hasMessageContaining("fs-MDT0000: record at byte 0, index 1: line 1: ");
    }

    @Test
    void aNameEndsAtTheLongestNameThereIs() throws IOException {
        String name = "x".repeat(100) + "\n" + "y".repeat(154);
        assertThat(read("1" + CREAT + " " + name + "\n").get(0).nameText()).isEqualTo(name);
        assertThatThrownBy(() -> read("1" + CREAT + " " + name + "z\n")).isInstanceOf(LfsTextException.class);
    }

    @Test
    void errorsSayTheLine() {
        assertThatThrownBy(() -> read("1" + CREAT + " a\nb\n2" + CLOSE + "\n3 11CLOSE" + HEAD + " ef=0x3 u=0:0 nid=x\n4"
                        + CLOSE + "\n"))
                .asInstanceOf(InstanceOfAssertFactories.type(LfsTextException.class))
                .satisfies(e -> assertThat(e.line()).isEqualTo(4))
                .satisfies(e -> assertThat(e.index()).isEqualTo(3));
        assertThatThrownBy(() -> read("hello\n"))
                .hasMessage("fs-MDT0000: record at byte 0: line 1: no record starts here");
    }

    @Test
    void aTextWithoutItsLastNewlineIsCut() throws IOException {
        assertThatThrownBy(() -> read("1" + CREAT + " a")).hasMessageContaining("cut");
        assertThatThrownBy(() -> read("1" + CREAT + " a\n2" + CREAT + " b")).hasMessageContaining("cut");
        assertThat(read("")).isEmpty();
    }

    @Test
    void aNameThatLooksLikeFields() throws IOException {
        ChangelogRecord parent = read("1" + CREAT + " p=[0x1:0x2:0x3]\n").get(0);
        assertThat(parent.nameText()).isEqualTo("p=[0x1:0x2:0x3]");
        assertThat(parent.parentFid()).isEqualTo(new Fid(0x200000402L, 3, 0));
        ChangelogRecord source =
                read("1" + CREAT + " s=[0x1:0x2:0x3] sp=[0x4:0x5:0x6] old\n").get(0);
        assertThat(source.hasRename()).isFalse();
        assertThat(source.nameText()).isEqualTo("s=[0x1:0x2:0x3] sp=[0x4:0x5:0x6] old");
    }

    @Test
    void aRenameToANameThatLooksLikeASource() throws IOException {
        String fake = "s=[0x1:0x2:0x3] sp=[0x4:0x5:0x6] x";
        String source = " s=[0x7:0x7:0x0] sp=[0x8:0x8:0x0] ";
        ChangelogRecord to = read("1" + RENME + " " + fake + source + "old\n").get(0);
        assertThat(to.nameText()).isEqualTo(fake);
        assertThat(to.oldNameText()).isEqualTo("old");
        ChangelogRecord from = read("1" + RENME + " new" + source + fake + "\n").get(0);
        assertThat(from.nameText()).isEqualTo("new");
        assertThat(from.oldNameText()).isEqualTo(fake);
        assertThat(from.sourceFid()).isEqualTo(new Fid(7, 7, 0));
    }

    @Test
    void aMigrationHasItsNameTwice() throws IOException {
        String name = "a s=[0x1:0x2:0x3] sp=[0x4:0x5:0x6] b";
        ChangelogRecord record = read("1 20MIGRT" + HEAD + " ef=0x0 p=[0x1:0x3:0x0] " + name
                        + " s=[0x7:0x7:0x0] sp=[0x8:0x8:0x0] " + name + "\n")
                .get(0);
        assertThat(record.nameText()).isEqualTo(name);
        assertThat(record.oldNameText()).isEqualTo(name);
    }

    @Test
    void aJobThatLooksLikeAField() throws IOException {
        ChangelogRecord record = read("1 11CLOSE" + HEAD + " j=a ef=0x b u=1 ef=0x1 u=5:6 p=[0x1:0x3:0x0]\n")
                .get(0);
        assertThat(record.jobId()).isEqualTo("a ef=0x b u=1");
        assertThat(record.uid()).isEqualTo(5);
        assertThat(record.parentFid()).isEqualTo(new Fid(1, 3, 0));
    }

    @Test
    void aJobWithoutExtraFlags() throws IOException {
        ChangelogRecord close = read("1 11CLOSE" + HEAD + " j=a long job\n").get(0);
        assertThat(close.jobId()).isEqualTo("a long job");
        assertThat(close.hasExtraFlags()).isFalse();
        ChangelogRecord creat =
                read("1 01CREAT" + HEAD + " j=a long job p=[0x1:0x3:0x0] n a\n").get(0);
        assertThat(creat.jobId()).isEqualTo("a long job");
        assertThat(creat.nameText()).isEqualTo("n a");
    }

    @Test
    void anXattrNameWithSpaces() throws IOException {
        ChangelogRecord record = read("1 15XATTR" + HEAD + " ef=0x8 x=user.a b p=[0x1:0x3:0x0]\n")
                .get(0);
        assertThat(record.xattrName()).isEqualTo("user.a b");
        assertThat(record.parentFid()).isEqualTo(new Fid(1, 3, 0));
        assertThat(record.name()).isEmpty();
    }

    @Test
    void aTypeThatIsNewerThanWeAre() throws IOException {
        assertThat(read("1 25(null)" + HEAD + "\n2 26ABC  " + HEAD + " n\n"))
                .extracting(ChangelogRecord::typeNumber)
                .containsExactly(25, 26);
        assertThatThrownBy(() -> read("1 01MKDIR" + HEAD + "\n")).hasMessageContaining("no record starts here");
    }

    @Test
    void flagsAreThoseOfAnMdt() throws IOException {
        assertThat(read("1" + CLOSE + "\n").get(0).flags()).isEqualTo(0xd000);
        assertThat(read("1" + RENME + " a\n").get(0).flags()).isEqualTo(0xa000);
        assertThat(read("1 11CLOSE" + HEAD + "\n").get(0).flags()).isEqualTo(0x1000);
    }

    @Test
    void readsInBlocks() throws IOException {
        byte[] text = Captures.bytes("zoo/zoo-MDT0000.txt");
        try (LfsTextReader reader = new LfsTextReader(Captures.MDT, new ByteArrayInputStream(text))) {
            List<Integer> counts = new ArrayList<>();
            for (RecordBlock block = reader.read(100, 1 << 20); !block.isEmpty(); block = reader.read(100, 1 << 20)) {
                counts.add(block.count());
            }
            assertThat(counts).hasSize(13).startsWith(100).endsWith(15);
        }
        try (LfsTextReader reader = new LfsTextReader(Captures.MDT, new ByteArrayInputStream(text))) {
            assertThat(reader.read(100, 1).count()).isEqualTo(1);
            RecordBlock block = reader.read(100, 1000);
            assertThat(block.index(0)).isEqualTo(2);
            assertThat(block.length()).isBetween(600, 1000);
        }
    }

    private static List<ChangelogRecord> read(String text) throws IOException {
        List<ChangelogRecord> records = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        LfsText again = new LfsText();
        try (LfsTextReader reader = new LfsTextReader("fs-MDT0000", new ByteArrayInputStream(bytes))) {
            for (ChangelogRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
                again.append(record);
            }
        }
        if (records.stream().allMatch(record -> RecordType.known().contains(record.type()))) {
            assertThat(again.toByteArray()).isEqualTo(bytes);
        }
        return records;
    }
}

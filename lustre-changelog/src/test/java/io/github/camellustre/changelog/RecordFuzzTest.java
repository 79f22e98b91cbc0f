// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camellustre.changelog.text.LfsText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Any bytes are refused with the place at fault, or are records of which every view tells the same. */
class RecordFuzzTest {

    @FuzzTest
    void decode(byte[] bytes) {
        RecordBlock block;
        try {
            block = RecordBlock.frame(Captures.MDT, bytes);
        } catch (RecordFormatException e) {
            assertThat(e).hasMessageStartingWith(Captures.MDT + ": record at byte ");
            assertThat(e.offset()).isBetween(0L, bytes.length - 1L);
            return;
        }
        assertThat(block.length()).isEqualTo(bytes.length);
        RecordCursor cursor = new RecordCursor();
        for (int i = 0; i < block.count(); i++) {
            ChangelogRecord record = block.record(i);
            assertThat(ChangelogRecord.of(Captures.MDT, record.toByteArray())).isEqualTo(record);
            assertThat(record.subjects()).doesNotContain(Fid.ZERO);
            checkCursor(record, cursor.moveTo(block, i));
            checkCopy(record);
        }
    }

    private static void checkCursor(ChangelogRecord record, RecordCursor cursor) {
        assertThat(cursor.index()).isEqualTo(record.index());
        assertThat(cursor.typeNumber()).isEqualTo(record.type().number());
        assertThat(cursor.flags()).isEqualTo(record.flags());
        assertThat(cursor.seconds()).isEqualTo(record.seconds());
        assertThat(cursor.extraFlags()).isEqualTo(record.extraFlags());
        assertThat(cursor.hasRename() ? cursor.fidSequence(cursor.sourceAt()) : 0)
                .isEqualTo(record.sourceFid().sequence());
        assertThat(cursor.hasJobId() ? text(cursor, cursor.jobFrom(), cursor.jobTo()) : "")
                .isEqualTo(record.jobId());
        assertThat(cursor.hasUidGid() ? cursor.gid() : -1).isEqualTo(record.gid());
        assertThat(cursor.hasNid() ? cursor.nid() : null).isEqualTo(record.nid());
        assertThat(cursor.openFlags()).isEqualTo(record.openFlags());
        assertThat(cursor.hasXattr() ? text(cursor, cursor.xattrFrom(), cursor.xattrTo()) : "")
                .isEqualTo(record.xattrName());
        assertThat(text(cursor, cursor.nameFrom(), cursor.nameTo())).isEqualTo(record.nameText());
        assertThat(text(cursor, cursor.oldNameFrom(), cursor.oldNameTo())).isEqualTo(record.oldNameText());
    }

    private static String text(RecordCursor cursor, int from, int to) {
        return new String(Arrays.copyOfRange(cursor.bytes(), from, to), StandardCharsets.UTF_8);
    }

    /** What a builder copies has the size of the original, says the same, and is its own copy. */
    private static void checkCopy(ChangelogRecord record) {
        ChangelogRecord copy = new RecordBuilder().from(record).build(Captures.MDT);
        assertThat(copy.length()).isEqualTo(record.length());
        assertThat(copy).hasToString(record.toString());
        assertThat(LfsText.of(copy)).isEqualTo(LfsText.of(record));
        assertThat(new RecordBuilder().from(copy).build(Captures.MDT)).isEqualTo(copy);
    }
}

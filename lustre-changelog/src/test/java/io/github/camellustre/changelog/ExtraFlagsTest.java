// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is stripped from the device's bytes is what liblustreapi stripped from the same records. */
class ExtraFlagsTest {

    @ParameterizedTest
    @CsvSource({
        "zoo, x02-nid, nid",
        "zoo, x04-omode, omode",
        "zoo, x08-xattr, xattr",
        "zoo, x0f-all, 'uidgid,nid,omode,xattr'",
        "ipv6nid, x02-nid, nid",
        "ipv6nid, x04-omode, omode",
        "ipv6nid, x08-xattr, xattr"
    })
    void stripsAsLiblustreapiDoes(String capture, String variant, String flags) {
        RecordBlock raw = Captures.block(capture + "/" + capture + "-MDT0000.raw-noioctl.bin");
        RecordBlock expected = Captures.block(capture + "/" + capture + "-MDT0000.api-f0c-" + variant + ".bin");
        RecordBlock kept = ExtraFlags.parse(flags).keptOf(raw);
        assertThat(kept.count()).isEqualTo(expected.count());
        for (int i = 0; i < kept.count(); i++) {
            assertThat(comparable(kept.record(i))).isEqualTo(comparable(expected.record(i)));
        }
    }

    /** liblustreapi sets the version flag on all records; what follows a job's NUL is garbage. */
    private static byte[] comparable(ChangelogRecord record) {
        byte[] bytes = record.toByteArray();
        int flags = RecordLayout.u32(bytes, 0) >>> 16;
        bytes[RecordLayout.FLAGS + 1] |= RecordLayout.FLAG_VERSION >> 8;
        if ((flags & RecordLayout.FLAG_JOBID) != 0) {
            int job = RecordLayout.HEADER + ((flags & RecordLayout.FLAG_RENAME) != 0 ? RecordLayout.RENAME_SIZE : 0);
            int end = job + RecordLayout.JOBID_SIZE;
            Arrays.fill(bytes, RecordLayout.textEnd(bytes, job, end), end, (byte) 0);
        }
        return bytes;
    }

    @Test
    void noneLeavesNoExtraField() {
        for (ChangelogRecord record :
                ChangelogBatch.of(ExtraFlags.parse("none").keptOf(Captures.block(Captures.ZOO)), 0, 1215)) {
            assertThat(record.hasUidGid() || record.nid() != null || record.hasOpenFlags() || record.hasXattr())
                    .isFalse();
        }
    }

    @Test
    void allIsTheBlockItself() {
        RecordBlock block = Captures.block(Captures.ZOO);
        assertThat(ExtraFlags.parse("xattr, omode,nid,uidgid").keptOf(block)).isSameAs(block);
    }

    @Test
    void keepsFlagsItDoesNotKnow() {
        byte[] bytes = new RecordBuilder().reset(1).uidGid(5, 6).name("a").toByteArray();
        bytes[RecordLayout.HEADER] |= 0x40;
        RecordBlock kept = ExtraFlags.parse("nid").keptOf(RecordBlock.frame("fs-MDT0000", bytes));
        assertThat(RecordLayout.u64(kept.record(0).toByteArray(), RecordLayout.HEADER))
                .isEqualTo(0x40);
        assertThat(kept.record(0).nameText()).isEqualTo("a");
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExtraFlags.parse("uidgid,jobs"))
                .withMessage(
                        "extraFlags=uidgid,jobs: 'jobs' is unknown; use none, or one or more of uidgid,nid,omode,xattr");
    }
}

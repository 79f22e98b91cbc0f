// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Lustre sent decodes, and to the same records however it was asked for. */
class CaptureDecodeTest {
    private static final String BINARIES = "io.github.camellustre.changelog.Captures#binaries";

    @Test
    void nothingIsMissing() {
        assertThat(Captures.binaries()).hasSize(25);
        assertThat(Captures.texts()).hasSize(3);
        assertThat(Captures.block(Captures.ZOO).count()).isEqualTo(1215);
        assertThat(Captures.block(Captures.BIG).count()).isEqualTo(36_818);
        assertThat(Captures.block(Captures.IPV6).count()).isEqualTo(13);
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void everyRecordIsMadeAgainFromItsFields(String name) {
        for (ChangelogRecord record : Captures.records(name)) {
            RecordBuilder builder = new RecordBuilder().from(record);
            ChangelogRecord again = builder.build(Captures.MDT);
            assertThat(again).isEqualTo(record).hasSameHashCodeAs(record);
            assertThat(again.toByteArray()).isEqualTo(withoutGarbage(record));
            assertThat(builder.length()).isEqualTo(record.length());
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void everyVariantCarriesTheSame(String name) {
        String raw = name.startsWith("zoo") ? Captures.ZOO : name.startsWith("ipv6") ? Captures.IPV6 : Captures.BIG;
        List<ChangelogRecord> expected = Captures.records(raw);
        List<ChangelogRecord> records = Captures.records(name);
        assertThat(records).hasSameSizeAs(expected);
        for (int i = 0; i < records.size(); i++) {
            carriesTheSame(records.get(i), expected.get(i), name.startsWith("ipv6"));
        }
    }

    private static void carriesTheSame(ChangelogRecord record, ChangelogRecord expected, boolean ipv6) {
        assertThat(record.index()).isEqualTo(expected.index());
        assertThat(record.type()).isEqualTo(expected.type());
        assertThat(record.typeFlags()).isEqualTo(expected.typeFlags());
        assertThat(record.previousIndex()).isZero();
        assertThat(record.time()).isEqualTo(expected.time());
        assertThat(record.targetFid()).isEqualTo(expected.targetFid());
        assertThat(record.parentFid()).isEqualTo(expected.parentFid());
        assertThat(record.trustedParentFid()).isEqualTo(expected.trustedParentFid());
        assertThat(record.hasRename()).isEqualTo(expected.hasRename());
        assertThat(record.sourceFid()).isEqualTo(expected.sourceFid());
        assertThat(record.sourceParentFid()).isEqualTo(expected.sourceParentFid());
        assertThat(record.subjects()).isEqualTo(expected.subjects());
        assertThat(record.name()).isEqualTo(expected.name());
        assertThat(record.oldName()).isEqualTo(expected.oldName());
        assertThat(record.hsm()).isEqualTo(expected.hsm());
        if (record.hasJobId()) {
            assertThat(record.jobId()).isEqualTo(expected.jobId());
        }
        if (record.hasUidGid()) {
            assertThat(record.uid()).isEqualTo(expected.uid());
            assertThat(record.gid()).isEqualTo(expected.gid());
        }
        if (record.nid() != null) {
            boolean old = (record.extraFlags() & RecordLayout.EXTRA_NID_BE) == 0;
            assertThat(record.nid()).isEqualTo(old && ipv6 && !expected.nid().fitsLong() ? Nid.ZERO : expected.nid());
        }
        if (record.hasOpenFlags()) {
            assertThat(record.openFlags()).isEqualTo(expected.openFlags());
        }
        if (record.hasXattr()) {
            assertThat(record.xattrName()).isEqualTo(expected.xattrName());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api-f00,false,false,0",
        "api-f04-jobid,true,false,0",
        "api-f08-extra-x0,false,true,0",
        "api-f08-extra-x1-uidgid,false,true,0x1",
        "api-f0c-x02-nid,true,true,0x2",
        "api-f0c-x0f-all,true,true,0xf",
        "api-f1c-x0f-all-nidbe,true,true,0x1f",
        "raw-noioctl,true,true,0xf"
    })
    void variantsCarryWhatWasAskedFor(String variant, boolean job, boolean extra, String bits) {
        long asked = Long.decode(bits);
        for (ChangelogRecord record : Captures.records("zoo/zoo-MDT0000." + variant + ".bin")) {
            assertThat(record.hasJobId() && !job).isFalse();
            assertThat(record.hasExtraFlags()).isEqualTo(extra);
            assertThat(record.extraFlags() & ~asked).isZero();
            assertThat(record.extraFlags() & 0x3).isEqualTo(asked & 0x3);
        }
    }

    @Test
    void theLibraryOnlyAddsTheVersion() {
        List<ChangelogRecord> raw = Captures.records("zoo/zoo-MDT0000.raw-noioctl.bin");
        List<ChangelogRecord> api = Captures.records("zoo/zoo-MDT0000.api-f0c-x0f-all.bin");
        for (int i = 0; i < raw.size(); i++) {
            assertThat(new RecordBuilder().from(raw.get(i)).version(true).build(Captures.MDT))
                    .isEqualTo(api.get(i));
        }
    }

    private static byte[] withoutGarbage(ChangelogRecord record) {
        byte[] bytes = record.toByteArray();
        RecordCursor at = new RecordCursor().moveTo(record);
        if (at.hasJobId()) {
            zero(bytes, at.jobTo() - at.offset(), at.jobFrom() - at.offset() + 32);
        }
        if (at.hasXattr()) {
            zero(bytes, at.xattrTo() - at.offset(), at.xattrFrom() - at.offset() + 256);
        }
        return bytes;
    }

    private static void zero(byte[] bytes, int from, int to) {
        java.util.Arrays.fill(bytes, from, to, (byte) 0);
    }
}

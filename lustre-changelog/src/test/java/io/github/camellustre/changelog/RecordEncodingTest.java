// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader gets is, byte for byte, what liblustreapi gave to one that asked for the same fields. */
class RecordEncodingTest {
    private static final String NEW_NIDS = "raw-f1e-as-lfs";
    private static final String OLD_NIDS = "raw-noioctl";

    @ParameterizedTest
    @CsvSource({
        "api-f00, 0x2000, 0",
        "api-f04-jobid, 0x6000, 0",
        "api-f08-extra-x0, 0xa000, 0",
        "api-f08-extra-x1-uidgid, 0xa000, 1",
        "api-f0c-x02-nid, 0xe000, 2",
        "api-f0c-x04-omode, 0xe000, 4",
        "api-f0c-x08-xattr, 0xe000, 8",
        "api-f0c-x0f-all, 0xe000, 0xf",
        "api-f1c-x0f-all-nidbe, 0xe000, 0x1f"
    })
    void bytesOfLiblustreapi(String variant, String flags, String extraFlags) {
        RecordFormat format = RecordFormat.of(Integer.decode(flags), Long.decode(extraFlags));
        for (String capture : List.of("zoo", "ipv6nid")) {
            String place = capture + "/" + capture + "-MDT0000.";
            byte[] expected = Captures.bytes(place + variant + ".bin");
            RecordBlock raw = Captures.block(place + NEW_NIDS + ".bin");
            assertThat(format.encode(raw).bytes()).isEqualTo(expected);
            if (!variant.contains("nidbe")) {
                assertThat(format.encode(Captures.block(place + OLD_NIDS + ".bin"))
                                .bytes())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aBusyLoad() {
        RecordFormat format = RecordFormat.of(0xe000, 0xf);
        assertThat(format.encode(Captures.block(Captures.BIG)).bytes())
                .isEqualTo(Captures.bytes("big/big-MDT0000.api-f0c-x0f.bin.gz"));
    }

    @Test
    void jobIdsAlone() {
        assertThat(RecordFormat.JOB_ID.encode(Captures.block(Captures.ZOO)).bytes())
                .isEqualTo(Captures.bytes("zoo/zoo-MDT0000.api-f04-jobid.bin"));
    }

    @Test
    void aBlockThatNeedsNoChangeIsNotCopied() {
        RecordBlock raw = Captures.block(Captures.ZOO);
        RecordBlock understood = RecordFormat.JOB_ID.encode(raw);
        assertThat(RecordFormat.JOB_ID.encode(understood)).isSameAs(understood);
        assertThat(RecordFormat.RAW.encode(raw)).isSameAs(raw);
        assertThat(RecordFormat.withExtraFields("xattr, omode,nid,uidgid").encode(raw))
                .isSameAs(raw);
        assertThat(RecordFormat.withExtraFields("none")
                        .encode(RecordBlock.empty("fs-MDT0000"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aRangeStraightToItsPlace() {
        RecordBlock raw = Captures.block(Captures.ZOO);
        RecordBlock understood = RecordFormat.JOB_ID.encode(raw);
        ChangelogBatch ofBlock = ChangelogBatch.of(raw, 90, 190);
        for (ChangelogBatch batch : List.of(ofBlock, ChangelogBatch.of(List.copyOf(ofBlock)))) {
            byte[] into = new byte[3 + batch.rawLength(5, 80)];
            int length = RecordFormat.JOB_ID.encode(batch, 5, 80, into, 3);
            assertThat(length).isEqualTo(understood.length(95, 170)).isLessThan(batch.rawLength(5, 80));
            assertThat(Arrays.copyOfRange(into, 3, 3 + length))
                    .isEqualTo(Arrays.copyOfRange(understood.bytes(), understood.offset(95), understood.offset(170)));
            assertThat(RecordFormat.RAW.encode(batch, 5, 80, into, 3)).isEqualTo(batch.rawLength(5, 80));
            assertThatThrownBy(() -> RecordFormat.JOB_ID.encode(batch, 90, 101, into, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    /** Any record, any reader: the fields that both have stay what they were, the others go. */
    @Property
    void understoodFieldsStay(@ForAll("records") RecordBuilder builder, @ForAll int flags, @ForAll long extraFlags) {
        ChangelogRecord record = builder.build("fs-MDT0000");
        RecordFormat format = RecordFormat.of(flags, extraFlags);
        RecordBlock block = RecordBlock.frame("fs-MDT0000", record.toByteArray());
        RecordBlock encoded = format.encode(block);
        ChangelogRecord got = encoded.record(0);
        long extra = (flags & 0x8000) == 0 ? 0 : extraFlags;
        assertThat(encoded.count()).isEqualTo(1);
        assertThat(got.index()).isEqualTo(record.index());
        assertThat(got.name()).isEqualTo(record.name());
        assertThat(got.sourceFid()).isEqualTo((flags & 0x2000) != 0 ? record.sourceFid() : Fid.ZERO);
        assertThat(got.jobId()).isEqualTo((flags & 0x4000) != 0 ? record.jobId() : "");
        assertThat(got.uid()).isEqualTo((extra & 0x1) != 0 ? record.uid() : -1);
        assertThat(got.openFlags()).isEqualTo((extra & 0x4) != 0 ? record.openFlags() : 0);
        assertThat(got.xattrName()).isEqualTo((extra & 0x8) != 0 ? record.xattrName() : "");
        assertThat(got.nid()).isEqualTo((extra & 0x2) == 0 ? null : nid(record, (extra & 0x10) != 0));
        assertThat(format.encode(encoded)).isSameAs(encoded);
    }

    @Provide
    Arbitrary<RecordBuilder> records() {
        return RecordArbitraries.records();
    }

    private static Nid nid(ChangelogRecord record, boolean newForm) {
        Nid nid = record.nid();
        return nid == null || newForm || nid.fitsLong() ? nid : Nid.ZERO;
    }

    @Test
    void keepsFlagsItDoesNotKnow() {
        byte[] bytes = new RecordBuilder().reset(1).uidGid(5, 6).name("a").toByteArray();
        bytes[RecordLayout.HEADER] |= 0x40;
        RecordBlock kept = RecordFormat.withExtraFields("nid").encode(RecordBlock.frame("fs-MDT0000", bytes));
        assertThat(kept.record(0).extraFlags()).isEqualTo(0x40);
        assertThat(kept.record(0).nameText()).isEqualTo("a");
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordFormat.withExtraFields("uidgid,jobs"))
                .withMessage(
                        "extraFlags=uidgid,jobs: 'jobs' is unknown; use none, or one or more of uidgid,nid,omode,xattr");
    }
}

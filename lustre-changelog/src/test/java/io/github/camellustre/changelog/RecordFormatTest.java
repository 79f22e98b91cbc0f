// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.text.LfsText;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Bytes that are no records are refused, always in the same way. */
class RecordFormatTest {
    private static final byte[] ZOO = Captures.bytes(Captures.ZOO);

    @Test
    void aRecordCutAnywhereIsRefused() {
        RecordBlock block = Captures.block(Captures.ZOO);
        for (int i = 0; i < block.count(); i++) {
            byte[] bytes = block.record(i).toByteArray();
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatExceptionOfType(RecordFormatException.class)
                        .isThrownBy(() -> ChangelogRecord.of(Captures.MDT, cut));
                if (length > 0) {
                    assertThatExceptionOfType(RecordFormatException.class)
                            .isThrownBy(() -> RecordBlock.frame(Captures.MDT, cut));
                }
            }
        }
    }

    @Test
    void aStreamCutBetweenRecordsIsWhole() {
        RecordBlock block = Captures.block(Captures.ZOO);
        byte[] half = Arrays.copyOf(ZOO, block.length(0, 600));
        assertThat(RecordBlock.frame(Captures.MDT, half).count()).isEqualTo(600);
    }

    @Test
    void theErrorNamesPlaceAndIndex() {
        int second = Captures.zoo(1).length();
        byte[] cut = Arrays.copyOf(ZOO, second + 100);
        assertThatThrownBy(() -> RecordBlock.frame("fs-MDT0003", cut))
                .isInstanceOfSatisfying(RecordFormatException.class, e -> {
                    assertThat(e.mdt()).isEqualTo("fs-MDT0003");
                    assertThat(e.offset()).isEqualTo(second);
                    assertThat(e.index()).isEqualTo(2);
                })
                .hasMessageStartingWith(
                        "fs-MDT0003: record at byte " + second + ", index 2: truncated: 100 bytes left of ");
    }

    @Test
    void moreThanOneRecordIsNoRecord() {
        byte[] longer =
                Arrays.copyOf(Captures.zoo(1).toByteArray(), Captures.zoo(1).length() + 1);
        assertThatThrownBy(() -> ChangelogRecord.of(Captures.MDT, longer)).isInstanceOf(RecordFormatException.class);
    }

    @Test
    void aNameLongerThanTwoNamesIsRefused() {
        byte[] bytes = new byte[64 + 513];
        RecordLayout.SHORT.set(bytes, RecordLayout.NAME_LENGTH, (short) 513);
        RecordLayout.LONG.set(bytes, RecordLayout.INDEX, 42L);
        assertThatThrownBy(() -> RecordBlock.frame(Captures.MDT, bytes))
                .hasMessageContaining("index 42: a name of 513 bytes");
        RecordLayout.SHORT.set(bytes, RecordLayout.NAME_LENGTH, (short) 512);
        assertThat(RecordBlock.frame(Captures.MDT, Arrays.copyOf(bytes, 64 + 512))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void unknownTypesFlagsAndExtraBitsPassThrough() {
        byte[] bytes = new RecordBuilder()
                .reset(4711)
                .typeFlags(0xfff)
                .extraFlags(0xffff_ffff_ffff_ff00L)
                .openFlags(3)
                .name("n")
                .toByteArray();
        ChangelogRecord record = ChangelogRecord.of(Captures.MDT, bytes);
        assertThat(record.type()).isEqualTo(RecordType.of(4711)).hasToString("4711");
        assertThat(record.flags()).isEqualTo(0x9fff);
        assertThat(record.extraFlags()).isEqualTo(0xffff_ffff_ffff_ff04L);
        assertThat(record.openFlags()).isEqualTo(3);
        assertThat(record.nameText()).isEqualTo("n");
        assertThat(record.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void aRenameWithoutNulHasNoOldName() {
        ChangelogRecord record = new RecordBuilder(RecordType.RENME)
                .rename(new Fid(1, 2, 3), new Fid(4, 5, 6))
                .name("new")
                .build(Captures.MDT);
        assertThat(record.nameText()).isEqualTo("new");
        assertThat(record.oldName()).isEmpty();
        assertThat(record.oldNameText()).isEmpty();
    }

    @Property(tries = 5000)
    void damagedBytesAreRefusedOrDecode(@ForAll("places") Tuple.Tuple2<Integer, Integer> place, @ForAll byte value) {
        byte[] bytes = Arrays.copyOfRange(ZOO, place.get1(), Math.min(ZOO.length, place.get1() + 4000));
        bytes[place.get2() % bytes.length] = value;
        decodeAll(bytes);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void randomBytesAreRefusedOrDecode(@ForAll byte[] bytes) {
        decodeAll(bytes);
        if (bytes.length >= 64) {
            byte[] plausible = bytes.clone();
            RecordLayout.SHORT.set(plausible, RecordLayout.NAME_LENGTH, (short) (bytes[0] & 0x3f));
            decodeAll(plausible);
        }
    }

    @Provide
    Arbitrary<Tuple.Tuple2<Integer, Integer>> places() {
        RecordBlock block = Captures.block(Captures.ZOO);
        return Arbitraries.integers()
                .between(0, block.count() - 1)
                .map(block::offset)
                .flatMap(start -> Arbitraries.integers().between(0, 700).map(at -> Tuple.of(start, at)));
    }

    private static void decodeAll(byte[] bytes) {
        RecordBlock block;
        try {
            block = RecordBlock.frame(Captures.MDT, bytes);
        } catch (RecordFormatException e) {
            return;
        }
        LfsText text = new LfsText();
        for (int i = 0; i < block.count(); i++) {
            ChangelogRecord record = block.record(i);
            assertThat(record.toString()).isNotEmpty();
            assertThat(record).isEqualTo(new RecordBuilder().from(record).build(Captures.MDT));
            assertThat(record.hashCode()).isEqualTo(record.hashCode());
            record.subjects();
            record.time();
            record.nid();
            record.jobId();
            record.xattrName();
            record.hsm();
            record.oldNameText();
            text.append(record);
        }
        assertThat(text.length()).isGreaterThanOrEqualTo(block.count());
    }
}

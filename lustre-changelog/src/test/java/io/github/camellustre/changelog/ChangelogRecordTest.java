// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangelogRecordTest {
    private static final Fid A = new Fid(0x200000402L, 0x10, 0);
    private static final Fid B = new Fid(0x200000402L, 0x20, 0);

    @Test
    void aCreate() {
        ChangelogRecord record = Captures.zoo(4);
        assertThat(record.mdt()).isEqualTo("fs-MDT0000");
        assertThat(record.index()).isEqualTo(4);
        assertThat(record.type()).isSameAs(RecordType.CREAT);
        assertThat(record.time()).isEqualTo(Instant.parse("2026-11-22T09:56:27.832146180Z"));
        assertThat(record.flags()).isEqualTo(0xd000);
        assertThat(record.targetFid()).hasToString("[0x200000402:0x4:0x0]");
        assertThat(record.trustedParentFid()).contains(Fid.parse("[0x200000402:0x3:0x0]"));
        assertThat(record.jobId()).isEqualTo("touch.0");
        assertThat(record.uid()).isZero();
        assertThat(record.nid()).hasToString("0@lo");
        assertThat(record.hasOpenFlags()).isFalse();
        assertThat(record.nameText()).isEqualTo("plain");
        assertThat(record.subjects()).containsExactly(record.targetFid());
        assertThat(record).hasToString("fs-MDT0000/4 CREAT [0x200000402:0x4:0x0] plain");
    }

    @Test
    void namesAreBytes() {
        ChangelogRecord record = Captures.zoo(19);
        assertThat(record.name()).isEqualTo(new byte[] {'b', 'a', 'd', (byte) 0xff, (byte) 0xfe, 'u', 't', 'f', '8'});
        assertThat(record.nameText()).isEqualTo("bad\ufffd\ufffdutf8");
        assertThat(Captures.zoo(13).nameText()).isEqualTo("new\nline");
        assertThat(Captures.zoo(22).name()).hasSize(255);
    }

    @Test
    void onlyNameSpaceRecordsHaveAParentToTrust() {
        assertThat(Captures.zoo(5).type()).isSameAs(RecordType.OPEN);
        assertThat(Captures.zoo(5).hasParent()).isTrue();
        assertThat(Captures.zoo(5).trustedParentFid()).isEmpty();
        assertThat(RecordType.known().stream().filter(RecordType::changesNameSpace))
                .extracting(RecordType::toString)
                .containsExactly("CREAT", "MKDIR", "HLINK", "SLINK", "MKNOD", "UNLNK", "RMDIR", "RENME", "MIGRT");
        assertThat(new RecordBuilder(RecordType.CREAT).build("m").trustedParentFid())
                .isEmpty();
        assertThat(RecordType.of(33).changesNameSpace()).isFalse();
    }

    @Test
    void renames() {
        ChangelogRecord plain = Captures.zoo(103);
        assertThat(plain.targetFid().isZero()).isTrue();
        assertThat(plain.nameText()).isEqualTo("rd3");
        assertThat(plain.oldNameText()).isEqualTo("rd2");
        assertThat(plain.sourceParentFid()).hasToString("[0x200000402:0x3:0x0]");
        assertThat(plain.subjects()).extracting(Fid::toString).containsExactly("[0x200000402:0x29:0x0]");
        ChangelogRecord overwriting = Captures.zoo(260);
        assertThat(overwriting.isLastLink()).isTrue();
        assertThat(overwriting.isArchived()).isFalse();
        assertThat(overwriting.subjects())
                .extracting(Fid::toString)
                .containsExactly("[0x200000402:0x43:0x0]", "[0x200000402:0x44:0x0]");
        ChangelogRecord migration = Captures.zoo(305);
        assertThat(migration.subjects())
                .extracting(Fid::toString)
                .containsExactly("[0x200000402:0x55:0x0]", "[0x200000402:0x59:0x0]");
    }

    @Test
    void aCursorFindsTheSameSubjects() {
        RecordCursor cursor = new RecordCursor();
        for (ChangelogRecord record : Captures.records(Captures.ZOO)) {
            cursor.moveTo(record);
            List<Fid> found = new ArrayList<>();
            for (int at : new int[] {cursor.firstSubjectAt(), cursor.secondSubjectAt()}) {
                if (at != RecordCursor.NONE) {
                    found.add(new Fid(cursor.fidSequence(at), cursor.fidObjectId(at), cursor.fidVersion(at)));
                }
            }
            assertThat(found).isEqualTo(record.subjects());
        }
    }

    @Test
    void noSubjectIsZeroOrTwice() {
        assertThat(new RecordBuilder(RecordType.RENME).target(A).build("m").subjects())
                .containsExactly(A);
        assertThat(new RecordBuilder(RecordType.RENME).build("m").subjects()).isEmpty();
        assertThat(new RecordBuilder(RecordType.CLOSE).build("m").subjects()).isEmpty();
        assertThat(new RecordBuilder(RecordType.MIGRT)
                        .target(A)
                        .rename(A, B)
                        .build("m")
                        .subjects())
                .containsExactly(A);
        assertThat(new RecordBuilder(RecordType.MARK)
                        .target(0x10001, 0, 0)
                        .build("m")
                        .subjects())
                .isEmpty();
        for (String name : Captures.binaries()) {
            assertThat(Captures.records(name))
                    .noneMatch(record -> record.subjects().stream().anyMatch(Fid::isZero));
        }
    }

    @Test
    void hsm() {
        assertThat(Captures.zoo(432).hsm())
                .isEqualTo(new HsmChange(HsmChange.STATE, 1, 0))
                .hasToString("STATE dirty");
        assertThat(Captures.zoo(520).hsm().eventName()).isEqualTo("RELEASE");
        assertThat(HsmChange.of(0x7d)).hasToString("ARCHIVE error 125");
        assertThat(Captures.zoo(4).hsm()).isNull();
        for (int flags = 0; flags <= 0xfff; flags++) {
            assertThat(HsmChange.of(flags).toTypeFlags()).isEqualTo(flags);
        }
    }

    @Test
    void openAndXattr() {
        assertThat(Captures.zoo(1).hasOpenFlags()).isTrue();
        assertThat(Captures.zoo(1).openFlags() & 0x3).isEqualTo(1);
        assertThat(Captures.zoo(167).xattrName()).isEqualTo("user.one");
    }

    @Test
    void garbageDoesNotCount() {
        byte[] clean = new RecordBuilder(RecordType.XATTR)
                .index(5)
                .job("job")
                .xattr("user.x")
                .name("n")
                .toByteArray();
        ChangelogRecord record = ChangelogRecord.of("m", clean);
        for (int garbageAt : new int[] {64 + 4, 64 + 31, 64 + 32 + 8 + 7, 64 + 32 + 8 + 255}) {
            byte[] dirty = clean.clone();
            dirty[garbageAt] = 'g';
            ChangelogRecord same = ChangelogRecord.of("m", dirty);
            assertThat(same).isEqualTo(record).hasSameHashCodeAs(record);
            assertThat(same.jobId()).isEqualTo("job");
            assertThat(same.xattrName()).isEqualTo("user.x");
        }
    }

    @Test
    void everyOtherByteCounts() {
        byte[] clean = new RecordBuilder(RecordType.RENME)
                .rename(A, B)
                .job("job")
                .uidGid(1, 2)
                .nid(Nid.parse("1.2.3.4@tcp"))
                .openFlags(1)
                .xattr("user.x")
                .name("new")
                .oldName("old")
                .toByteArray();
        ChangelogRecord record = ChangelogRecord.of("m", clean);
        int job = 64 + 32;
        int xattr = job + 32 + 8 + 16 + 24 + 4;
        for (int at = 4; at < clean.length; at++) {
            boolean garbage = at > job + 3 && at < job + 32 || at > xattr + 6 && at < xattr + 256;
            boolean shape = at >= job + 32 && at < job + 40;
            if (!garbage && !shape) {
                byte[] other = clean.clone();
                other[at] ^= 0x40;
                assertThat(ChangelogRecord.of("m", other)).as("byte " + at).isNotEqualTo(record);
            }
        }
        assertThat(ChangelogRecord.of("other", clean)).isNotEqualTo(record);
    }

    @Test
    void aMarkReadTwiceIsTheSame() {
        RecordBuilder mark = new RecordBuilder(RecordType.MARK).index(9).target(0x10001, 0, 0);
        ChangelogRecord first = mark.parent(0, 0x50, 9).name("fs-MDD0000").build("m");
        ChangelogRecord second = mark.parent(0, 0x51, 9).name("left-overs").build("m");
        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
        assertThat(first.markFlags()).isEqualTo(0x10001);
        assertThat(first.isMark()).isTrue();
        assertThat(first).isNotEqualTo(mark.target(0x40001, 0, 0).build("m"));
    }

    @Test
    void bytesGoOutUnchanged() throws IOException {
        for (ChangelogRecord record : Captures.records(Captures.IPV6)) {
            byte[] bytes = record.toByteArray();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            record.writeTo(out);
            assertThat(out.toByteArray()).isEqualTo(bytes);
            ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
            record.writeTo(buffer);
            assertThat(buffer.array()).isEqualTo(bytes);
            byte[] into = new byte[bytes.length + 3];
            assertThat(record.writeTo(into, 3)).isEqualTo(bytes.length);
            assertThat(new String(into, 3, bytes.length, StandardCharsets.ISO_8859_1))
                    .isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void fidsParse() {
        assertThat(Fid.parse("[0x200000402:0x10:0x0]")).isEqualTo(A);
        assertThat(Fid.parse("0x200000402:0x10:0x0")).isEqualTo(A);
        assertThat(Fid.parse(Fid.ZERO.toString())).isEqualTo(Fid.ZERO);
        assertThat(Fid.ZERO).hasToString("[0:0x0:0x0]");
        assertThat(new Fid(0, 0, 3).isZero()).isTrue();
    }
}

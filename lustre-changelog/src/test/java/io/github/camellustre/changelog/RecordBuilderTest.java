// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RecordBuilderTest {
    private final RecordBuilder builder = new RecordBuilder();

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void whatIsBuiltDecodesToTheSame(@ForAll("records") RecordBuilder record) {
        byte[] bytes = record.toByteArray();
        ChangelogRecord decoded = ChangelogRecord.of("fs-MDT0000", bytes);
        assertThat(decoded.length()).isEqualTo(bytes.length).isEqualTo(record.length());
        assertThat(new RecordBuilder().from(decoded).toByteArray()).isEqualTo(bytes);
        byte[] wide = new byte[bytes.length + 20];
        Arrays.fill(wide, (byte) 0x5a);
        assertThat(record.encode(wide, 7)).isEqualTo(bytes.length);
        assertThat(Arrays.copyOfRange(wide, 7, 7 + bytes.length)).isEqualTo(bytes);
        assertThat(wide[6]).isEqualTo((byte) 0x5a);
        assertThat(wide[7 + bytes.length]).isEqualTo((byte) 0x5a);
    }

    @Provide
    Arbitrary<RecordBuilder> records() {
        return RecordArbitraries.records();
    }

    @Test
    void everyCombinationOfExtensionsKeepsEveryField() {
        for (int chosen = 0; chosen < 64; chosen++) {
            for (boolean bigEndian : new boolean[] {false, true}) {
                builder.reset(RecordType.CREAT.number())
                        .index(chosen)
                        .target(1, 2, 3)
                        .parent(4, 5, 6)
                        .name("name");
                boolean rename = (chosen & 0x1) != 0;
                boolean job = (chosen & 0x2) != 0;
                boolean user = (chosen & 0x4) != 0;
                boolean nid = (chosen & 0x8) != 0;
                boolean open = (chosen & 0x10) != 0;
                boolean xattr = (chosen & 0x20) != 0;
                if (rename) {
                    builder.rename(new Fid(7, 8, 9), new Fid(10, 11, 12)).oldName("old");
                }
                if (job) {
                    builder.job("job");
                }
                if (user) {
                    builder.uidGid(500, 600);
                }
                if (nid && bigEndian) {
                    builder.nid(Nid.parse("10.0.2.16@tcp"));
                } else if (nid) {
                    builder.oldNid(Nid.parse("10.0.2.16@tcp"));
                }
                if (open) {
                    builder.openFlags(0x42);
                }
                if (xattr) {
                    builder.xattr("user.x");
                }
                ChangelogRecord record = builder.build("m");
                assertThat(record.index()).isEqualTo(chosen);
                assertThat(record.targetFid()).isEqualTo(new Fid(1, 2, 3));
                assertThat(record.trustedParentFid()).contains(new Fid(4, 5, 6));
                assertThat(record.sourceFid()).isEqualTo(rename ? new Fid(7, 8, 9) : Fid.ZERO);
                assertThat(record.sourceParentFid()).isEqualTo(rename ? new Fid(10, 11, 12) : Fid.ZERO);
                assertThat(record.jobId()).isEqualTo(job ? "job" : "");
                assertThat(record.uid()).isEqualTo(user ? 500 : -1);
                assertThat(record.gid()).isEqualTo(user ? 600 : -1);
                assertThat(record.nid()).isEqualTo(nid ? Nid.of(2, 0, 0x0a000210) : null);
                assertThat(record.openFlags()).isEqualTo(open ? 0x42 : 0);
                assertThat(record.xattrName()).isEqualTo(xattr ? "user.x" : "");
                assertThat(record.nameText()).isEqualTo("name");
                assertThat(record.oldNameText()).isEqualTo(rename ? "old" : "");
            }
        }
    }

    @Test
    void resetForgetsEverything() {
        byte[] fresh = new RecordBuilder(RecordType.CLOSE).toByteArray();
        builder.reset(1)
                .index(9)
                .previousIndex(8)
                .time(7, 6)
                .typeFlags(5)
                .target(4, 3, 2)
                .parent(1, 2, 3);
        builder.rename(new Fid(1, 1, 1), new Fid(2, 2, 2))
                .job("job")
                .uidGid(1, 2)
                .nid(Nid.parse("1.2.3.4@tcp"));
        builder.openFlags(1).xattr("x").name("name").oldName("old").extraFlags(0x100);
        assertThat(builder.reset(RecordType.CLOSE.number()).toByteArray()).isEqualTo(fresh);
    }

    @Test
    void theVersionFlagIsThatOfAnMdt() {
        assertThat(new RecordBuilder(RecordType.CREAT).build("m").flags()).isEqualTo(0x1000);
        assertThat(new RecordBuilder(RecordType.RENME).build("m").flags()).isZero();
        assertThat(new RecordBuilder(RecordType.MIGRT).build("m").flags()).isZero();
        assertThat(new RecordBuilder(RecordType.MIGRT).version(true).build("m").flags())
                .isEqualTo(0x1000);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder.job("j".repeat(33)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.xattr("x".repeat(257)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.name("n".repeat(513)).toByteArray())
                .withMessageContaining("513");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Collecting, bounds, merging and grouping; what stands for what is in the tests of the strategies. */
class ChangelogWindowTest {
    private static WindowOptions grouped(Grouping grouping, GroupOrder order) {
        return new WindowOptions(
                Coalescing.NONE, grouping, order, false, MetadataServers.parse("mds1=fs-MDT0000,fs-MDT0002;mds2=*1"));
    }

    private static List<Long> indexes(ChangelogBatch batch) {
        return batch.stream().map(ChangelogRecord::index).toList();
    }

    private static List<String> groups(WindowRig rig, Grouping grouping, GroupOrder order) {
        return rig.close(grouped(grouping, order)).groups().stream()
                .map(group -> group.key() + indexes(group.records()))
                .toList();
    }

    @Test
    void noneKeepsEveryRecordAsItIs() {
        WindowRig rig = WindowRig.of("MARK", "CREAT f d/a", "99 f", "UNLNK f d/a 0x1");
        WindowResult result = rig.close(Coalescing.NONE);
        assertThat(result.records()).isEqualTo(rig.records());
        assertThat(result.standsFor(2)).hasToString("fs-MDT0000:3");
        assertThat(result.cancelled().isEmpty()).isTrue();
        assertThat(result.groups()).hasSize(1);
        assertThat(result.counts().received()).isEqualTo(4);
        assertThat(result.counts().kept()).isEqualTo(4);
        assertThat(result.counts().kept(WindowCounts.UNKNOWN_TYPES)).isEqualTo(1);
    }

    @Test
    void lastPerFidKeepsTheLastOfEachObject() {
        WindowRig rig =
                WindowRig.of("CREAT f d/a", "CREAT g d/b", "MARK", "RENME f d/a d/b over g", "CLOSE g", "SATTR f");
        WindowResult result = rig.close(Coalescing.LAST_PER_FID);
        assertThat(indexes(result.records())).containsExactly(3L, 5L, 6L);
        assertThat(result.standsFor(2)).hasToString("fs-MDT0000:1-2,4,6");
        assertThat(result.counts().suppressed(Suppression.REPLACED)).isEqualTo(3);
        assertThat(result.counts().suppressed(Suppression.REPLACED, RecordType.CREAT))
                .isEqualTo(2);
        assertThat(result.counts().kept()).isEqualTo(3);
    }

    @Test
    void lastPerFidKeepsTheRenameThatIsTheLastOfWhatItOverwrote() {
        WindowResult result =
                WindowRig.of("CLOSE g", "RENME f d/a d/b over g", "SATTR f").close(Coalescing.LAST_PER_FID);
        assertThat(indexes(result.records())).containsExactly(2L, 3L);
        assertThat(result.standsFor(0)).hasToString("fs-MDT0000:1-2");
    }

    @Test
    void recordsOfBlocksShareTheirBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WindowRig rig = WindowRig.of("CREAT f d/a", "CLOSE f", "CREAT g d/b");
        for (ChangelogRecord record : rig.records()) {
            record.writeTo(bytes);
        }
        RecordBlock block = RecordBlock.frame("fs-MDT0000", bytes.toByteArray());
        ChangelogWindow window = new ChangelogWindow(new WindowOptions(Coalescing.LAST_PER_FID));
        window.add(ChangelogBatch.of(block, 0, 3));
        assertThat(window.received()).isEqualTo(3);
        assertThat(window.bytes()).isEqualTo(block.length());
        ChangelogBatch result = window.close().records();
        assertThat(result).isEqualTo(rig.records().subList(1, 3));
        assertThat(result.rawLength(0, 2)).isEqualTo(block.length(1, 3));
        byte[] raw = new byte[block.length(1, 3)];
        assertThat(result.writeTo(0, 2, raw, 0)).isEqualTo(raw.length);
        assertThat(RecordBlock.frame("fs-MDT0000", raw).index(1)).isEqualTo(3);
    }

    @Test
    void itsAgeIsThatOfItsFirstRecord() {
        AtomicLong now = new AtomicLong(5);
        ChangelogWindow window = new ChangelogWindow(new WindowOptions(Coalescing.NONE), now::get);
        assertThat(window.age()).isZero();
        window.add(WindowRig.of("CREAT f d/a").records().get(0));
        now.set(1_000_005);
        window.add(WindowRig.of("CREAT f d/a").records().get(0));
        assertThat(window.age()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void isClosedOnce() {
        ChangelogWindow window = new ChangelogWindow(new WindowOptions(Coalescing.NONE));
        WindowResult result = window.close();
        assertThat(result.records()).isEmpty();
        assertThat(result.groups()).isEmpty();
        assertThatThrownBy(window::close).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> window.add(ChangelogBatch.empty())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void mergesMdtsByTimeAndKeepsTheOrderOfEach() {
        WindowRig rig = WindowRig.of(
                "1@10: CLOSE f",
                "1@30: CLOSE f",
                "0@20: CLOSE f",
                "0@5: CLOSE f",
                "2@1: CLOSE f",
                "1@30: CLOSE f",
                "0@30: CLOSE f");
        WindowOptions merged =
                new WindowOptions(Coalescing.NONE, Grouping.ARRIVAL, GroupOrder.OLDEST, true, MetadataServers.UNKNOWN);
        assertThat(indexes(rig.close(merged).records())).containsExactly(5L, 1L, 3L, 4L, 7L, 2L, 6L);
    }

    @Test
    void theRulesSeeTheMergedOrder() {
        WindowRig rig = WindowRig.of("1@20: SATTR f", "0@30: CLOSE f", "2@10: CREAT f d/a");
        WindowOptions merged = new WindowOptions(
                Coalescing.LAST_PER_FID, Grouping.FID, GroupOrder.OLDEST, true, MetadataServers.UNKNOWN);
        WindowResult result = rig.close(merged);
        assertThat(indexes(result.records())).containsExactly(2L);
        assertThat(result.standsFor(0)).hasToString("fs-MDT0000:2 fs-MDT0001:1 fs-MDT0002:3");
    }

    @Test
    void groupsByObject() {
        WindowRig rig = WindowRig.of("CLOSE f", "CLOSE g", "CLOSE g", "CLOSE f", "MARK", "SATTR g");
        Fid f = rig.fid("f");
        Fid g = rig.fid("g");
        assertThat(groups(rig, Grouping.FID, GroupOrder.OLDEST)).containsExactly(f + "[1, 4]", g + "[2, 3, 6]", "[5]");
        assertThat(groups(rig, Grouping.FID, GroupOrder.HOTTEST)).containsExactly(g + "[2, 3, 6]", f + "[1, 4]", "[5]");
    }

    @Test
    void recordsWithTwoObjectsMakeOneGroupOfBoth() {
        WindowRig rig = WindowRig.of(
                "SATTR g",
                "SATTR h",
                "SATTR f",
                "RENME f d/a d/b over g",
                "SATTR k",
                "RENME h d/c d/b over f",
                "SATTR g");
        assertThat(groups(rig, Grouping.FID, GroupOrder.OLDEST))
                .containsExactly(rig.fid("g") + "[1, 2, 3, 4, 6, 7]", rig.fid("k") + "[5]");
    }

    @Test
    void groupsByTrustedParentOnly() {
        WindowRig rig = WindowRig.of("CREAT f d/a", "CLOSE f d/a", "CREAT g e/a", "RENME f d/a e/b", "UNLNK h d/z 0x1");
        assertThat(groups(rig, Grouping.PARENT, GroupOrder.OLDEST))
                .containsExactly(rig.fid("d") + "[1, 5]", "[2]", rig.fid("e") + "[3, 4]");
    }

    @Test
    void groupsByMdtServerAndJob() {
        WindowRig rig = WindowRig.of("1: CLOSE f", "0: CLOSE f j=x", "2: CLOSE f j=x", "3: CLOSE f j=", "1: CLOSE f");
        assertThat(groups(rig, Grouping.MDT, GroupOrder.OLDEST))
                .containsExactly("fs-MDT0001[1, 5]", "fs-MDT0000[2]", "fs-MDT0002[3]", "fs-MDT0003[4]");
        assertThat(groups(rig, Grouping.SERVER, GroupOrder.OLDEST))
                .containsExactly("mds2[1, 5]", "mds1[2, 3]", "fs-MDT0003[4]");
        assertThat(groups(rig, Grouping.JOB, GroupOrder.OLDEST)).containsExactly("job[1, 5]", "x[2, 3]", "[4]");
    }

    @Test
    void theHeatOfAGroupCountsWhatOthersStandFor() {
        WindowRig rig = WindowRig.of("CLOSE f", "CLOSE g", "CLOSE g");
        WindowResult result = rig.close(new WindowOptions(
                Coalescing.LAST_PER_FID, Grouping.FID, GroupOrder.HOTTEST, false, MetadataServers.UNKNOWN));
        assertThat(result.groups()).extracting(RecordGroup::received).containsExactly(2, 1);
        assertThat(result.groups()).extracting(RecordGroup::first).containsExactly(0, 1);
        assertThat(result.standsFor(0)).hasToString("fs-MDT0000:2-3");
    }

    @Test
    void optionsSayWhatIsPossible() {
        assertThat(Coalescing.parse(" net-effect ")).isEqualTo(Coalescing.NET_EFFECT);
        assertThat(Grouping.parse("fid")).isEqualTo(Grouping.FID);
        assertThat(GroupOrder.parse("hottest")).isEqualTo(GroupOrder.HOTTEST);
        assertThatThrownBy(() -> Coalescing.parse("netto"))
                .hasMessage(
                        "coalescing=netto: 'netto' is unknown, possible are [none, restat, net-effect, last-per-fid]");
        assertThatThrownBy(() -> MetadataServers.parse("fs-MDT0000")).hasMessageContaining("names no server");
        assertThatThrownBy(() -> MetadataServers.parse("a=x;a=y")).hasMessageContaining("twice");
    }
}

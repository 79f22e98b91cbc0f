// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors are lines of {@code net-effect.csv}: what happens, what is left of it by number, and which of that stands for what. */
class NetEffectRulesTest {
    private static final WindowOptions MERGED = new WindowOptions(
            Coalescing.NET_EFFECT, Grouping.ARRIVAL, GroupOrder.OLDEST, true, MetadataServers.UNKNOWN);

    private static String described(WindowResult result) {
        List<String> parts = new ArrayList<>();
        for (int position = 0; position < result.records().size(); position++) {
            parts.add(numbers(result.standsFor(position), result.records().get(position)));
        }
        return parts.isEmpty() ? "nothing" : String.join(" ", parts);
    }

    /** {@code 3} for a record that stands for itself, {@code 3=1,3} for one that stands for another, too. */
    private static String numbers(RecordIndexes indexes, ChangelogRecord record) {
        List<String> all = new ArrayList<>();
        for (String mdt : indexes.mdts()) {
            long[] ranges = indexes.ranges(mdt);
            for (int i = 0; i < ranges.length; i += 2) {
                for (long index = ranges[i]; index <= ranges[i + 1]; index++) {
                    all.add(String.valueOf(index));
                }
            }
        }
        all.sort(null);
        return all.size() == 1 ? all.get(0) : record.index() + "=" + String.join(",", all);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "net-effect.csv", delimiter = ';', numLinesToSkip = 1)
    void vectors(String what, String lines, String left) {
        WindowRig rig = WindowRig.of(lines.split(", ", -1));
        assertThat(described(rig.close(MERGED))).as(what).isEqualTo(left);
    }

    @Test
    void aFoldedRenameGoesFromTheFirstNameToTheLast() {
        WindowRig rig = WindowRig.of("RENME f d/a e/b j=one", "RENME f e/b e/c j=two", "RENME f e/c d/e j=three");
        ChangelogRecord folded = rig.close(MERGED).records().get(0);
        ChangelogRecord last = rig.records().get(2);
        assertThat(folded.index()).isEqualTo(3);
        assertThat(folded.time()).isEqualTo(last.time());
        assertThat(folded.jobId()).isEqualTo("three");
        assertThat(folded.flags()).isEqualTo(last.flags());
        assertThat(folded.sourceFid()).isEqualTo(rig.fid("f"));
        assertThat(folded.targetFid().isZero()).isTrue();
        assertThat(folded.sourceParentFid()).isEqualTo(rig.fid("d"));
        assertThat(folded.oldNameText()).isEqualTo("a");
        assertThat(folded.parentFid()).isEqualTo(rig.fid("d"));
        assertThat(folded.nameText()).isEqualTo("e");
        assertThat(last.oldNameText()).isEqualTo("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HLINK", "RENME", "HSM", "FLRW", "RESYNC", "RNMTO", "MIGRT", "77"})
    void nothingIsSuppressedAcrossABarrier(String type) {
        String barrier = type + " f" + (type.equals("RENME") || type.equals("MIGRT") ? " d/a d/a" : " d/b");
        assertThat(WindowRig.of("SATTR f", barrier, "SATTR f").kept(Coalescing.NET_EFFECT))
                .containsExactly(1L, 2L, 3L);
        assertThat(WindowRig.of("CREAT f d/a", barrier, "CLOSE f").kept(Coalescing.NET_EFFECT))
                .containsExactly(1L, 2L, 3L);
        assertThat(WindowRig.of("CREAT f d/a", barrier, "UNLNK f d/a 0x1").kept(Coalescing.NET_EFFECT))
                .containsExactly(1L, 2L, 3L);
        assertThat(WindowRig.of("UNLNK f d/a 0x1", barrier, "CLOSE f").kept(Coalescing.NET_EFFECT))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void everySuppressionIsCountedByItsReason() {
        WindowCounts counts = WindowRig.of(
                        "CREAT f d/a",
                        "CLOSE f",
                        "SATTR g",
                        "SATTR g",
                        "UNLNK g d/g 0x1",
                        "CREAT h d/h",
                        "UNLNK h d/h 0x1",
                        "RENME k e/1 e/2",
                        "RENME k e/2 e/3")
                .close(Coalescing.NET_EFFECT)
                .counts();
        assertThat(counts.suppressed(Suppression.COVERED, RecordType.CLOSE)).isEqualTo(1);
        assertThat(counts.suppressed(Suppression.REPLACED, RecordType.SATTR)).isEqualTo(1);
        assertThat(counts.suppressed(Suppression.REMOVED, RecordType.SATTR)).isEqualTo(1);
        assertThat(counts.suppressed(Suppression.CANCELLED)).isEqualTo(2);
        assertThat(counts.suppressed(Suppression.FOLDED, RecordType.RENME)).isEqualTo(1);
        assertThat(counts.kept()).isEqualTo(3);
        assertThat(counts.received()).isEqualTo(9);
    }

    /** So that each record costs constant work, however many attributes an object has. */
    @Test
    void onlyTheLastKindsOfChangeAreLookedAt() {
        List<String> lines = new ArrayList<>(List.of("XATTR f x=user.first", "XATTR f x=user.second"));
        IntStream.range(2, Changes.LOOKED_AT + 1).forEach(i -> lines.add("XATTR f x=user." + i));
        lines.add("XATTR f x=user.first");
        lines.add("XATTR f x=user.16");
        List<Long> kept = WindowRig.of(lines.toArray(String[]::new)).kept(Coalescing.NET_EFFECT);
        assertThat(kept).contains(1L).doesNotContain((long) Changes.LOOKED_AT + 1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Robinhood's suppression: every pair of types against its table, and its own tests 700 and 701. */
class RestatRulesTest {
    /** Robinhood's table, typed again: what drops the incoming type though other records may lie between. */
    private static final Map<String, Set<String>> MASKED = Map.of(
            "TRUNC", Set.of("TRUNC", "CLOSE", "MTIME", "CREAT"),
            "CLOSE", Set.of("TRUNC", "CLOSE", "MTIME", "CREAT"),
            "MTIME", Set.of("TRUNC", "CLOSE", "MTIME", "CREAT", "MKNOD", "MKDIR"),
            "CTIME", Set.of("CTIME", "SATTR", "CREAT", "MKNOD", "MKDIR"),
            "SATTR", Set.of("CTIME", "SATTR", "CREAT", "MKNOD", "MKDIR"));

    private static final Map<String, Set<String>> CANCELLED =
            Map.of("UNLNK", Set.of("CREAT", "MKNOD"), "RMDIR", Set.of("MKDIR"));

    static List<RecordType> types() {
        List<RecordType> types = new ArrayList<>(RecordType.known());
        types.remove(RecordType.MARK);
        types.add(RecordType.of(99));
        return types;
    }

    private static String line(RecordType type, String object) {
        return type.equals(RecordType.RENME) || type.equals(RecordType.MIGRT)
                ? type + " " + object + " d/a d/b"
                : type + " " + object + " d/a";
    }

    private static List<Long> kept(String... lines) {
        return WindowRig.of(lines).kept(Coalescing.RESTAT);
    }

    @ParameterizedTest
    @MethodSource("types")
    void anEarlierRecordDropsTheIncomingOneAsTheTableSays(RecordType incoming) {
        for (RecordType earlier : types()) {
            boolean masked = MASKED.getOrDefault(incoming.toString(), Set.of()).contains(earlier.toString());
            boolean cancelled =
                    CANCELLED.getOrDefault(incoming.toString(), Set.of()).contains(earlier.toString());
            assertThat(kept(line(earlier, "f"), line(incoming, "f")))
                    .as(earlier + " " + incoming)
                    .isEqualTo(masked ? List.of(1L) : cancelled ? List.of() : List.of(1L, 2L));
            assertThat(kept(line(earlier, "g"), line(incoming, "f")))
                    .as(earlier + " of another FID, " + incoming)
                    .containsExactly(1L, 2L);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aMaskLooksPastWhatLiesBetweenAndACancellationDoesNot(RecordType between) {
        if (!MASKED.containsKey(between.toString()) && !CANCELLED.containsKey(between.toString())) {
            assertThat(kept("CREAT f d/a", line(between, "f"), "CLOSE f"))
                    .as("CLOSE")
                    .containsExactly(1L, 2L);
            boolean creates = Set.of("CREAT", "MKNOD").contains(between.toString());
            assertThat(kept("CREAT f d/a", line(between, "f"), "UNLNK f d/a 0x1"))
                    .as("UNLNK")
                    .isEqualTo(creates ? List.of(1L) : List.of(1L, 2L, 3L));
        }
    }

    @Test
    void marksAreDropped() {
        WindowResult result = WindowRig.of("MARK", "SATTR f").close(Coalescing.RESTAT);
        assertThat(result.records()).extracting(ChangelogRecord::index).containsExactly(2L);
        assertThat(result.cancelled()).hasToString("fs-MDT0000:1");
        assertThat(result.counts().suppressed(Suppression.IGNORED, RecordType.MARK))
                .isEqualTo(1);
    }

    @Test
    void test700OnlyTheCreationStays() {
        WindowResult result =
                WindowRig.of("CREAT f d/f", "CLOSE f", "CLOSE f", "SATTR f").close(Coalescing.RESTAT);
        assertThat(result.records()).extracting(ChangelogRecord::index).containsExactly(1L);
        assertThat(result.standsFor(0)).hasToString("fs-MDT0000:1-4");
        assertThat(result.counts().suppressed(Suppression.COVERED)).isEqualTo(3);
    }

    @Test
    void test701FivePairsCancel() {
        WindowRig rig = WindowRig.of(
                "CREAT 1 r/file.1",
                "CLOSE 1",
                "CREAT 2 r/file.2",
                "CLOSE 2",
                "TRUNC 2",
                "CLOSE 2",
                "MKNOD 3 r/node",
                "MKDIR 4 r/dir.1",
                "CREAT 5 4/subfile",
                "CLOSE 5",
                "UNLNK 1 r/file.1 0x1",
                "UNLNK 2 r/file.2 0x1",
                "UNLNK 3 r/node 0x1",
                "UNLNK 5 4/subfile 0x1",
                "RMDIR 4 r/dir.1 0x1");
        WindowResult result = rig.close(Coalescing.RESTAT);
        assertThat(result.records()).isEmpty();
        assertThat(result.cancelled()).hasToString("fs-MDT0000:1-15");
        assertThat(result.counts().suppressed(Suppression.CANCELLED)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CREAT 3 r/file.3, CLOSE 3, RENME 3 r/file.3 r/file.4, UNLNK 3 r/file.4 0x1; 1 3 4",
                "CREAT 5 r/file.5, HLINK 5 r/file.6, UNLNK 5 r/file.5, UNLNK 5 r/file.6 0x1; 1 2 3 4",
                "CREAT 7 r/file.7, CLOSE 7, HSM 7 0x280, HSM 7 0x0, UNLNK 7 r/file.7 0x3; 1 3 4 5"
            })
    void test701RenamedLinkedAndArchivedFilesDoNotCancel(String lines, String stay) {
        assertThat(kept(lines.split(", ", -1)))
                .isEqualTo(
                        List.of(stay.split(" ", -1)).stream().map(Long::valueOf).toList());
    }

    @Test
    void theNewestHsmStateReplacesTheEarlierOne() {
        WindowResult result = WindowRig.of("HSM f 0x280", "HSM f 0x0", "SATTR f", "HSM g 0x280", "HSM f 0x680")
                .close(Coalescing.RESTAT);
        assertThat(result.records()).extracting(ChangelogRecord::index).containsExactly(2L, 3L, 4L, 5L);
        assertThat(result.standsFor(3)).hasToString("fs-MDT0000:1,5");
        assertThat(result.counts().suppressed(Suppression.REPLACED, RecordType.HSM))
                .isEqualTo(1);
    }

    @Test
    void whatACancelledCreationCoveredIsCancelledWithIt() {
        assertThat(kept("CREAT f d/a", "SATTR f", "UNLNK f d/a 0x1", "SATTR f")).containsExactly(4L);
    }

    @Test
    void whatWasKnownBeforeACancelledCreationIsKnownAgain() {
        assertThat(kept("SATTR f", "CREAT f d/a", "UNLNK f d/a 0x1", "CTIME f", "CLOSE f"))
                .containsExactly(1L, 5L);
        assertThat(kept("CREAT f d/a", "CREAT f d/a", "UNLNK f d/a 0x1", "UNLNK f d/a 0x1", "UNLNK f d/a 0x1"))
                .containsExactly(5L);
    }

    @Test
    void theOverwrittenObjectOfARenameHasARecordBetween() {
        assertThat(kept("CREAT g d/b", "RENME f d/a d/b over g 0x1", "UNLNK g d/b 0x1", "CLOSE g"))
                .containsExactly(1L, 2L, 3L);
        assertThat(kept("CREAT f d/a", "MIGRT f d/a d/a over h", "UNLNK f d/a 0x1", "UNLNK h d/a 0x1"))
                .containsExactly(1L, 2L, 3L, 4L);
    }
}

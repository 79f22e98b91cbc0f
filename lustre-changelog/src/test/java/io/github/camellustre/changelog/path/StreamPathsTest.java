// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.path;

import static io.github.camellustre.changelog.path.PathRig.ROOT;
import static io.github.camellustre.changelog.path.PathRig.fid;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.PathReason;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the stream alone tells; the rest is {@code SimulatedPathsTest}'s. */
class StreamPathsTest {
    private final PathRig rig = PathRig.streamAlone();

    @AfterEach
    void close() {
        rig.close();
    }

    private String path(RecordType type, int target) {
        return rig.resolve(rig.record(type, fid(target))).toString();
    }

    private ChangelogRecord migrated(int from, int to) {
        return rig.record(
                "fs-MDT0000",
                new RecordBuilder(RecordType.MIGRT)
                        .target(fid(to))
                        .parent(ROOT)
                        .rename(fid(from), ROOT)
                        .name("a")
                        .oldName("a"));
    }

    @Test
    void theRenameOfADirectoryMovesAllThatIsBelowIt() {
        rig.resolve(rig.record(RecordType.MKDIR, fid(1), ROOT, "a"));
        rig.resolve(rig.record(RecordType.MKDIR, fid(2), fid(1), "b"));
        rig.resolve(rig.record(RecordType.CREAT, fid(3), fid(2), "f"));
        assertThat(path(RecordType.CLOSE, 3)).isEqualTo("/a/b/f as [/a/b/f]");
        RecordPaths renamed = rig.resolve(rig.rename(fid(1), ROOT, "a", ROOT, "c"));
        assertThat(renamed).hasToString("/c from /a as [/c]");
        assertThat(path(RecordType.CLOSE, 3)).isEqualTo("/c/b/f as [/c/b/f]");
    }

    @Test
    void whatIsRemovedIsToldWhereItWas() {
        rig.resolve(rig.record(RecordType.CREAT, fid(3), ROOT, "f"));
        assertThat(rig.resolve(rig.record(
                        "fs-MDT0000",
                        new RecordBuilder(RecordType.UNLNK)
                                .typeFlags(1)
                                .target(fid(3))
                                .parent(ROOT)
                                .name("f"))))
                .hasToString("/f");
        assertThat(path(RecordType.CLOSE, 3)).isEqualTo("/f (gone)");
    }

    @Test
    void whatWasThereBeforeIsToldAsFarAsItIsKnown() {
        assertThat(path(RecordType.OPEN, 9)).isEqualTo("null (unknown)");
        RecordPaths created = rig.resolve(rig.record(RecordType.CREAT, fid(3), fid(2), "f"));
        assertThat(created).hasToString("[0x200000401:0x2:0x0]/f as [[0x200000401:0x2:0x0]/f] (partial)");
        assertThat(created.path().flatMap(ObjectPath::parent)).isEmpty();
        rig.resolve(rig.rename(fid(2), fid(1), "b", ROOT, "b"));
        assertThat(path(RecordType.CLOSE, 3)).isEqualTo("/b/f as [/b/f]");
    }

    @Test
    void aFileThatLostOneOfItsNamesHasAnother() {
        rig.resolve(rig.record(RecordType.UNLNK, fid(3), ROOT, "f"));
        assertThat(path(RecordType.CLOSE, 3)).isEqualTo("/f (unknown)");
        rig.resolve(rig.record(RecordType.HLINK, fid(3), ROOT, "g"));
        assertThat(path(RecordType.CLOSE, 3)).isEqualTo("/g as [/g]");
    }

    /** The logs of two MDTs, of which the one with the later change is read first. */
    @Test
    void aNameWhoseRemovalWasReadFirstIsNotTakenUp() {
        rig.resolve(rig.record(RecordType.CREAT, fid(3), ROOT, "f"));
        ChangelogRecord linked = rig.record(
                "fs-MDT0001",
                new RecordBuilder(RecordType.HLINK).target(fid(3)).parent(ROOT).name("g"));
        rig.resolve(rig.record(RecordType.UNLNK, fid(3), ROOT, "g"));
        rig.resolve(linked);
        assertThat(path(RecordType.CLOSE, 3)).isEqualTo("/f as [/f]");
        rig.resolve(rig.record(RecordType.HLINK, fid(3), ROOT, "g"));
        assertThat(path(RecordType.CLOSE, 3)).as("a later one is").isEqualTo("/g as [/f, /g]");
    }

    @Test
    void ofManyNamesTheNewestAreRemembered() {
        rig.resolve(rig.record(RecordType.CREAT, fid(3), ROOT, "first"));
        link(KnownObject.MOST_NAMES);
        RecordPaths found = rig.resolve(rig.record(RecordType.CLOSE, fid(3)));
        assertThat(found.path()).contains(PathRig.path("/" + KnownObject.MOST_NAMES));
        assertThat(found.names())
                .hasSize(KnownObject.MOST_NAMES)
                .contains(PathRig.path("/1"))
                .doesNotContain(PathRig.path("/first"));
    }

    private void link(int names) {
        for (int i = 1; i <= names; i++) {
            rig.resolve(rig.record(RecordType.HLINK, fid(3), ROOT, Integer.toString(i)));
        }
    }

    /** Removals beyond the bound are forgotten; what they removed does not come back with its older addition. */
    @Test
    void noneOfManyNamesWhoseRemovalWasReadFirstIsTakenUp() {
        List<ChangelogRecord> linked = new ArrayList<>();
        for (int i = 0; i < 3 * KnownObject.MOST_NAMES; i++) {
            RecordBuilder link =
                    new RecordBuilder(RecordType.HLINK).target(fid(3)).parent(ROOT);
            linked.add(rig.record("fs-MDT0001", link.name(Integer.toString(i))));
        }
        for (int i = 0; i < linked.size(); i++) {
            rig.resolve(rig.record(RecordType.UNLNK, fid(3), ROOT, Integer.toString(i)));
        }
        linked.forEach(rig::resolve);
        assertThat(rig.resolve(rig.record(RecordType.CLOSE, fid(3))).names()).isEmpty();
        rig.resolve(rig.record(RecordType.HLINK, fid(3), ROOT, "0"));
        assertThat(path(RecordType.CLOSE, 3)).as("a later one is").isEqualTo("/0 as [/0]");
    }

    /** 65,000 is what ldiskfs allows; what each costs must not grow with them. */
    @Test
    void removalsThatAreReadFirstAreBounded() {
        KnownObject known = KnownObject.removed(link("0", 0), false);
        for (int i = 1; i < 2 * KnownObject.MOST_NAMES; i++) {
            known = known.minus(link(Integer.toString(i), i), false);
        }
        assertThat(known.plus(link("old", -1)).links())
                .as("beyond them none is known")
                .isEmpty();
    }

    private static Link link(String name, long time) {
        return new Link(ROOT, name.getBytes(StandardCharsets.UTF_8), time);
    }

    @Test
    void ofTwoRemovalsThatWereReadFirstTheNewerCounts() {
        KnownObject known = KnownObject.removed(link("g", 1), false).minus(link("g", 5), false);
        assertThat(known.plus(link("g", 3)).links()).isEmpty();
        assertThat(known.plus(link("g", 6)).links()).hasSize(1);
    }

    @Test
    void whatIsInADirectoryThatWasMigratedIsBelowTheNewOne() {
        rig.resolve(rig.record(RecordType.MKDIR, fid(1), ROOT, "a"));
        rig.resolve(rig.record(RecordType.CREAT, fid(3), fid(1), "f"));
        rig.resolve(migrated(1, 11));
        rig.resolve(rig.rename(fid(11), ROOT, "a", ROOT, "z"));
        assertThat(path(RecordType.CLOSE, 3)).isEqualTo("/z/f as [/z/f]");
        assertThat(path(RecordType.SATTR, 1)).isEqualTo("/z as [/z]");
    }

    @Test
    void migrationsThatGoRoundInACircleEnd() {
        rig.resolve(migrated(1, 2));
        rig.resolve(migrated(2, 3));
        rig.resolve(migrated(3, 1));
        assertThat(path(RecordType.SATTR, 2)).isEqualTo("/a as [/a]");
    }

    @Test
    void directoriesThatGoRoundInACircleEnd() {
        rig.resolve(rig.record(RecordType.MKDIR, fid(1), fid(2), "a"));
        rig.resolve(rig.record(RecordType.MKDIR, fid(2), fid(1), "b"));
        assertThat(rig.resolve(rig.record(RecordType.CREAT, fid(3), fid(1), "f"))
                        .reason())
                .contains(PathReason.PARTIAL);
    }

    @Test
    void theRootIsASlashAndAMarkHasNoPath() {
        assertThat(rig.resolve(rig.record(RecordType.SATTR, ROOT))).hasToString("/");
        assertThat(rig.resolve(rig.record(RecordType.MARK, fid(1)))).isEqualTo(RecordPaths.NONE);
    }

    @Test
    void whatIsBelowADirectory() {
        ObjectPath file = PathRig.path("/a/b/f");
        for (String directory : new String[] {"/", "/a", "/a/", "/a/b", "/a/b/f"}) {
            assertThat(file.isBelow(PathRig.path(directory))).as(directory).isTrue();
        }
        for (String directory : new String[] {"/a/b/f/g", "/a/bb", "/a/b/ff", "/b"}) {
            assertThat(file.isBelow(PathRig.path(directory))).as(directory).isFalse();
        }
        RecordPaths moved = RecordPaths.of(file, PathRig.path("/old"), null, null);
        assertThat(moved.isBelow(PathRig.path("/old"))).isTrue();
        assertThat(ObjectPath.below(fid(1), new byte[] {'f'}).isBelow(ObjectPath.ROOT))
                .isFalse();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camellustre.changelog.Captures;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.ObjectPath;
import io.github.camellustre.changelog.PathReason;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordCursor;
import io.github.camellustre.changelog.RecordPaths;
import io.github.camellustre.changelog.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code path=} holds for what is at that place or below it, of records whose paths somebody has looked up. */
class PathFilterTest {
    private static final ChangelogRecord RECORD =
            new RecordBuilder(RecordType.CREAT).index(7).name("f").build("fs-MDT0000");

    private static ObjectPath path(String text) {
        return ObjectPath.whole(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RecordPaths at(String path) {
        return RecordPaths.of(path(path), null, null, null);
    }

    private static boolean wants(String filter, RecordPaths paths) {
        return RecordFilter.parseWithPaths(filter).matches(RECORD.withPaths(paths));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a/b | /a/b | true",
                "/a/b | /a/b/c | true",
                "/a/b | /a/b/c/d | true",
                "/a/b | /a/bc | false",
                "/a/b | /a | false",
                "/a/b | /x/a/b | false",
                "/a/b/ | /a/b | true",
                "/a/b/ | /a/b/c | true",
                "/a/b/ | /a/bc | false",
                "/ | / | true",
                "/ | /a | true",
                "/x,/a | /a/b | true",
                "/x,/y | /a/b | false",
                "\"/a b,c\" | /a b,c/d | true",
                "/a/* | /a/b | false",
                "/a/* | /a/*/b | true",
                "/\u00e9 | /\u00e9/b | true"
            })
    void wholeNamesFromTheRootOn(String value, String path, boolean wanted) {
        assertThat(wants("path=" + value, at(path))).isEqualTo(wanted);
    }

    @Test
    void ofARenameEitherPlaceAndOfHardLinksAnyName() {
        RecordPaths moved = RecordPaths.of(path("/new/f"), path("/old/f"), null, null);
        assertThat(wants("path=/new", moved)).isTrue();
        assertThat(wants("path=/old", moved)).isTrue();
        assertThat(wants("path=/other", moved)).isFalse();
        RecordPaths linked = at("/a/one").withNames(List.of(path("/a/one"), path("/b/two")));
        assertThat(wants("path=/b", linked)).isTrue();
        assertThat(wants("path=/c", linked)).isFalse();
    }

    @Test
    void whatIsGoneCountsWhereItWasLast() {
        assertThat(wants("path=/a", RecordPaths.of(path("/a/b"), null, PathReason.GONE, "ENOENT")))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(PathReason.class)
    void whatIsNotKnownDoesNotMatch(PathReason reason) {
        RecordPaths nothing = RecordPaths.of(null, null, reason, null);
        ObjectPath relative = ObjectPath.below(new Fid(0x200000401L, 1, 0), new byte[] {'a'});
        RecordPaths partial = RecordPaths.of(relative, null, reason, null);
        for (RecordPaths unknown : List.of(nothing, partial)) {
            assertThat(wants("path=/", unknown)).isFalse();
            assertThat(unknown.isPlaced()).isFalse();
        }
        assertThat(RecordPaths.of(path("/a"), null, reason, null).isPlaced())
                .as("a rename's old place may be what is not known")
                .isEqualTo(reason == PathReason.GONE);
    }

    @Test
    void aRecordAboutNoObject() {
        assertThat(wants("path=/", RecordPaths.NONE)).isFalse();
        assertThat(RecordPaths.NONE.isPlaced()).isTrue();
    }

    @Test
    void eachRecordOfABatchByItsOwnPath() {
        ChangelogBatch zoo = Captures.records(Captures.ZOO);
        RecordPaths[] paths = Collections.nCopies(zoo.size(), at("/a")).toArray(RecordPaths[]::new);
        paths[3] = at("/b");
        RecordFilter filter = RecordFilter.parseWithPaths("path=/b");
        RecordCursor cursor = new RecordCursor();
        ChangelogBatch block = zoo.withPaths(List.of(paths));
        for (ChangelogBatch batch : List.of(block, ChangelogBatch.of(List.copyOf(block)))) {
            assertThat(filter.matches(cursor.moveTo(batch, 2))).isFalse();
            assertThat(filter.matches(cursor.moveTo(batch, 3))).isTrue();
            assertThat(filter.matches(cursor.moveTo(batch.pick(new int[] {5, 3}), 1)))
                    .isTrue();
        }
        cursor.moveTo(zoo, 3);
        assertThat(cursor.paths()).as("not those of the batch before").isNull();
    }

    /** Also where another term says no: else the first record of that type would tell, days later. */
    @ParameterizedTest
    @CsvSource({"path=/a", "type=UNLNK path=/a"})
    void aRecordWithoutPathsIsNotJudged(String text) {
        RecordFilter filter = RecordFilter.parseWithPaths(text);
        assertThatIllegalStateException()
                .isThrownBy(() -> filter.matches(RECORD))
                .withMessageStartingWith("filter '" + text + "': record 7 came without paths. Put"
                        + " lustre:FILESYSTEM?operation=path before the filter");
    }

    @Test
    void whatItAsksFor() {
        RecordFilter filter = RecordFilter.parseWithPaths("job=x path=/a/ type=CREAT");
        assertThat(filter.asksForPaths()).isTrue();
        assertThat(filter.terms()).containsExactly("type=CREAT", "path=/a/", "job=x");
        assertThat(filter.asksForPaths(1)).isTrue();
        assertThat(filter.asksForPaths(2)).isFalse();
        assertThat(filter.types().orElseThrow()).hasToString("{1}");
        assertThat(RecordFilter.parseWithPaths(filter.toString())).isEqualTo(filter);
        assertThat(RecordFilter.parseWithPaths("type=CREAT").asksForPaths()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path=a/b | filter term 'path=a/b': no path from the root of the file system: 'a/b'. It begins with a slash, and the mount point is no part of it",
                "path=* | filter term 'path=*': no path from the root",
                "path= | filter term 'path=': an empty value",
                "path=/a,\"\" | filter term 'path=/a,\"\"': an empty value",
                "path=/a//b | filter term 'path=/a//b': '/a//b' is not written in the shortest way: leave out //, /./ and /../",
                "path=// | filter term 'path=//': '//' is not written in the shortest way",
                "path=/a/../b | filter term 'path=/a/../b': '/a/../b' is not written in the shortest way",
                "path=/. | filter term 'path=/.': '/.' is not written in the shortest way",
                "color=5 | filter term 'color=5': unknown key 'color', possible are [type, uid, gid, omode, hsm, fid, parent, path, nid, xattr, job, name, name~]",
                "size=5 | filter term 'size=5': no changelog record carries the size"
            })
    void whatNoDirectoryCanHave(String filter, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordFilter.parseWithPaths(filter))
                .withMessageStartingWith(message);
    }

    @Test
    void ofBytesAloneItIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordFilter.parse("type=CREAT path=/a/b"))
                .withMessage("filter term 'path=/a/b': no changelog record carries the path: only a name and its"
                        + " directory's FID. Use parent=FID (lfs path2fid DIR) and name=, or in a route a filter step"
                        + " behind lustre:FILESYSTEM?operation=path");
    }
}

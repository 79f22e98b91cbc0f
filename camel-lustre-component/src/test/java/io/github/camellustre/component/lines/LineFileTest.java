// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.component.Captures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineFileTest {
    private static final LineOptions NO_ROTATION = new LineOptions(0, 0, false, false, true);

    @TempDir
    Path directory;

    private final FaultyFiles files = new FaultyFiles();
    private DirectoryLock lock;

    @BeforeEach
    void lock() throws IOException {
        lock = new DirectoryLock(directory, LineForm.json);
    }

    @AfterEach
    void unlock() {
        lock.close();
    }

    private LineFile file(LineForm form, LineOptions options) {
        return new LineFile(path(form), form, options, lock, files);
    }

    private Path path(LineForm form) {
        return directory.resolve("fs-MDT0000." + form.extension());
    }

    private static void append(LineFile file, byte[] bytes) throws IOException {
        file.append(bytes, bytes.length);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(value = LineForm.class, mode = EnumSource.Mode.EXCLUDE, names = "dead")
    void goesOnBehindWhatIsThere(LineForm form) throws IOException {
        ChangelogBatch zoo = Captures.zoo();
        LineFile first = file(form, NO_ROTATION);
        append(first, Encoded.of(form, zoo.subList(0, 600)));
        first.close();
        append(file(form, NO_ROTATION), Encoded.of(form, zoo.subList(600, zoo.size())));
        assertThat(path(form)).hasBinaryContent(Encoded.of(form, zoo));
    }

    @ParameterizedTest
    @EnumSource(value = LineForm.class, mode = EnumSource.Mode.EXCLUDE, names = "dead")
    void cutsATornRecordAtAnyByte(LineForm form) throws IOException {
        ChangelogBatch zoo = Captures.zoo();
        byte[] whole = Encoded.of(form, zoo.subList(0, 20));
        byte[] next = Encoded.of(form, zoo.subList(20, 21));
        for (int torn = 0; torn < next.length; torn++) {
            Files.write(path(form), whole);
            Files.write(path(form), Arrays.copyOf(next, torn), StandardOpenOption.APPEND);
            LineFile file = file(form, NO_ROTATION);
            append(file, next);
            file.close();
            assertThat(path(form)).hasBinaryContent(Encoded.of(form, zoo.subList(0, 21)));
        }
    }

    @Test
    void cutsAWholeRecordWhoseNameHasTheLastNewline() throws IOException {
        ChangelogRecord before =
                new RecordBuilder(RecordType.CREAT).index(7).name("a").build("fs-MDT0000");
        ChangelogRecord odd = new RecordBuilder(RecordType.CREAT)
                .index(8)
                .name("one\ntwo\nthree")
                .build("fs-MDT0000");
        byte[] whole = Encoded.of(LineForm.text, List.of(before));
        byte[] next = Encoded.of(LineForm.text, List.of(odd));
        Files.write(path(LineForm.text), whole);
        Files.write(path(LineForm.text), Arrays.copyOf(next, next.length - 2), StandardOpenOption.APPEND);
        append(file(LineForm.text, NO_ROTATION), next);
        assertThat(path(LineForm.text)).hasBinaryContent(Encoded.of(LineForm.text, List.of(before, odd)));
    }

    @Test
    void leavesAForeignFileAlone() throws IOException {
        byte[] foreign = new byte[5 << 20];
        for (LineForm form : LineForm.values()) {
            Arrays.fill(foreign, (byte) 0xff);
            Files.write(path(form), foreign);
            assertThatThrownBy(() -> append(file(form, NO_ROTATION), new byte[] {'\n'}))
                    .isInstanceOf(LineFileException.class)
                    .hasMessageContaining(path(form).toString())
                    .hasMessageContaining("move it away");
            assertThat(path(form)).hasBinaryContent(foreign);
        }
    }

    @Test
    void aFullDiskLeavesTheOldLengthAndTheNextAppendWorks() throws IOException {
        LineFile file = file(LineForm.json, NO_ROTATION);
        byte[] one = Encoded.of(LineForm.json, Captures.zoo().subList(0, 3));
        append(file, one);
        files.room.set(one.length / 2);
        assertThatThrownBy(() -> append(file, one))
                .isInstanceOf(LineFileException.class)
                .hasMessageContaining(path(LineForm.json).toString())
                .hasMessageContaining("No space left")
                .hasMessageContaining("Free space");
        assertThat(path(LineForm.json)).hasBinaryContent(one);
        files.room.set(-1);
        append(file, one);
        assertThat(Files.size(path(LineForm.json))).isEqualTo(2L * one.length);
    }

    @Test
    void anAppendThatWasNotForcedIsTakenBack() throws IOException {
        LineFile file = file(LineForm.json, NO_ROTATION);
        byte[] one = Encoded.of(LineForm.json, Captures.zoo().subList(0, 3));
        append(file, one);
        files.failForce = true;
        assertThatThrownBy(() -> append(file, one)).hasMessageContaining("Input/output error");
        assertThat(path(LineForm.json)).hasBinaryContent(one);
    }

    @Test
    void whatCouldNotBeCutAtOnceIsCutBeforeTheNextAppend() throws IOException {
        LineFile file = file(LineForm.json, NO_ROTATION);
        byte[] one = Encoded.of(LineForm.json, Captures.zoo().subList(0, 3));
        append(file, one);
        files.failForce = true;
        files.failTruncate = true;
        assertThatThrownBy(() -> append(file, one)).isInstanceOf(LineFileException.class);
        assertThat(Files.size(path(LineForm.json))).isEqualTo(2L * one.length);
        files.failForce = false;
        files.failTruncate = false;
        append(file, Encoded.of(LineForm.json, Captures.zoo().subList(3, 4)));
        assertThat(path(LineForm.json))
                .hasBinaryContent(Encoded.of(LineForm.json, Captures.zoo().subList(0, 4)));
    }

    @Test
    void aFileThatCannotBeExaminedIsNotCut() throws IOException {
        byte[] torn = "{\"index\":1}\n{\"ind".getBytes(StandardCharsets.UTF_8);
        Files.write(path(LineForm.json), torn);
        files.failTruncate = true;
        LineFile file = file(LineForm.json, NO_ROTATION);
        assertThatThrownBy(() -> append(file, torn)).isInstanceOf(LineFileException.class);
        files.failTruncate = false;
        append(file, "{}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(path(LineForm.json)).hasContent("{\"index\":1}\n{}\n");
    }

    @Test
    void theDirectoryIsForcedWhenAFileIsMadeOrRenamed() throws IOException {
        LineFile file = file(LineForm.json, new LineOptions(1, 0, false, false, true));
        append(file, Encoded.of(LineForm.json, List.of(Captures.zoo(1))));
        append(file, Encoded.of(LineForm.json, List.of(Captures.zoo(2))));
        assertThat(files.calls)
                .containsExactly(
                        "sync directory",
                        "write fs-MDT0000.jsonl",
                        "force fs-MDT0000.jsonl",
                        "rename fs-MDT0000-00000000000000000001.jsonl",
                        "sync directory",
                        "sync directory",
                        "write fs-MDT0000.jsonl",
                        "force fs-MDT0000.jsonl");
    }

    @ParameterizedTest
    @EnumSource(value = LineForm.class, mode = EnumSource.Mode.EXCLUDE, names = "dead")
    void rotatedFilesAreNamedByTheirFirstIndexAndNeverOverwritten(LineForm form) throws IOException {
        LineFile file = file(form, new LineOptions(1, 0, false, false, true));
        for (long index : new long[] {9, 10, 9, 9}) {
            append(file, Encoded.of(form, List.of(Captures.zoo(index))));
        }
        String extension = "." + form.extension();
        assertThat(names())
                .containsExactly(
                        "fs-MDT0000-00000000000000000009" + extension,
                        "fs-MDT0000-00000000000000000009_001" + extension,
                        "fs-MDT0000-00000000000000000010" + extension,
                        "fs-MDT0000" + extension);
    }

    @Test
    void anIndexAboveTheSignedRangeNamesAFile() throws IOException {
        ChangelogRecord last = new RecordBuilder(RecordType.CREAT).index(-1).build("fs-MDT0000");
        for (LineForm form : LineForm.values()) {
            LineFile file = file(form, new LineOptions(1, 0, false, false, true));
            append(file, Encoded.of(form, List.of(last)));
            append(file, Encoded.of(form, List.of(last)));
            assertThat(names()).contains("fs-MDT0000-18446744073709551615." + form.extension());
        }
    }

    @Test
    void aRotationThatFailsLosesNothing() throws IOException {
        LineFile file = file(LineForm.json, new LineOptions(1, 0, false, false, true));
        byte[] one = Encoded.of(LineForm.json, List.of(Captures.zoo(1)));
        byte[] two = Encoded.of(LineForm.json, List.of(Captures.zoo(2)));
        append(file, one);
        files.failRename = true;
        assertThatThrownBy(() -> append(file, two)).isInstanceOf(LineFileException.class);
        assertThat(path(LineForm.json)).hasBinaryContent(one);
        files.failRename = false;
        append(file, two);
        assertThat(path(LineForm.json)).hasBinaryContent(two);
        assertThat(directory.resolve("fs-MDT0000-00000000000000000001.jsonl")).hasBinaryContent(one);
    }

    @Test
    void aFileThatWasMovedAwayIsBegunAnew() throws IOException {
        LineFile file = file(LineForm.json, NO_ROTATION);
        byte[] one = Encoded.of(LineForm.json, List.of(Captures.zoo(1)));
        append(file, one);
        Files.move(path(LineForm.json), directory.resolve("elsewhere"));
        append(file, one);
        assertThat(path(LineForm.json)).hasBinaryContent(one);
        assertThat(directory.resolve("elsewhere")).hasBinaryContent(one);
    }

    @Test
    void aDirectoryThatIsGoneFailsUntilItIsBack() throws IOException {
        LineFile file = file(LineForm.json, NO_ROTATION);
        byte[] one = Encoded.of(LineForm.json, List.of(Captures.zoo(1)));
        append(file, one);
        Path moved = directory.resolveSibling(directory.getFileName() + "-moved");
        Files.move(directory, moved);
        assertThatThrownBy(() -> append(file, one))
                .hasMessageContaining("the directory is gone")
                .hasMessageContaining("Mount or create");
        Files.move(moved, directory);
        append(file, one);
        assertThat(Files.size(path(LineForm.json))).isEqualTo(2L * one.length);
    }
}

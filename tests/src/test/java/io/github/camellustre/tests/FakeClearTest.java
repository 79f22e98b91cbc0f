// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.changelog.RecordType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clearing, users and masks: the fake server answers as a real one was seen to. */
class FakeClearTest extends FakeLustreTestbed {
    /** The first clear puts the mark of cl1 at 100. */
    @ParameterizedTest
    @CsvSource({
        "clear:cl1:101, 14, 101",
        "clear:cl1:100, 14, 100",
        "clear:cl1:1215, 15, 1215",
        "clear:cl1:0, 12, 1215",
        "clear:cl1:99, EINVAL, 100",
        "clear:cl1:1216, EINVAL, 100",
        "clear:cl1:99999999, EINVAL, 100",
        "clear:cl1:-1, EINVAL, 100",
        "clear:cl77:0, ENOENT, 100",
        "clear:cl77:100, ENOENT, 100",
        "clear:cl77:1216, EINVAL, 100",
        "clear:1:100, EINVAL, 100",
        "clear:robin:0, EINVAL, 100",
        "clear:clx:0, EINVAL, 100",
        "clear::0, EINVAL, 100",
        "clear:cl1junk:102, EINVAL, 100",
        "clear:cl1, EINVAL, 100",
        "hello, EINVAL, 100",
        "clear:cl1:000000000000000000000000000000000000000000000000000000101, EINVAL, 100",
    })
    void answersAsARealServer(String text, String answer, long mark) throws IOException {
        withZoo();
        assertThat(Probe.device(mdt, "open-to-write", "write", "clear:cl1:100", "write", text))
                .containsExactly("open=0", "write=14", "write=" + answer);
        assertThat(users()).contains(String.format("\ncl1%32d (0)\n", mark));
    }

    @Test
    void javaClears() throws IOException {
        withZoo();
        try (FileChannel device = FileChannel.open(mdt.device(), StandardOpenOption.WRITE)) {
            assertThat(device.write(text("clear:cl1:7\0"))).isEqualTo(12);
            assertThat(device.write(text("clear:cl1:7"))).isEqualTo(11);
            assertThatThrownBy(() -> device.write(text("clear:cl9:7\0"))).hasMessage("No such file or directory");
            assertThatThrownBy(() -> device.write(text("clear:cl1:1216\0"))).hasMessage("Invalid argument");
        }
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyClearIsNotedWithWhatWasKnownThen() throws IOException {
        withZoo();
        Probe.device(mdt, "open", "read", 155);
        clear("cl1:5");
        clear("cl2:1");
        clear("nonsense");
        String name = mdt.name();
        assertThat(lustre.clears())
                .filteredOn(clear -> clear.mdt().equals(name))
                .containsExactly(
                        new FakeClear(name, "cl1", 5, "OK", 0, 1, LAST),
                        new FakeClear(name, "cl2", 1, "ENOENT", 0, 1, LAST),
                        new FakeClear(name, "", -1, "EINVAL", 0, 1, LAST))
                .allMatch(clear -> clear.isForbidden() == !clear.user().equals("cl2"));
    }

    @Test
    void recordsGoWhenAllUsersHavePassedThem() throws IOException {
        mdt.register().register("robin", "CREAT,UNLNK").load(unpacked(ZOO));
        clear("cl1:0");
        assertThat(first()).isEqualTo(1);
        clear("cl2:200");
        assertThat(first()).isEqualTo(201);
        // A start at a record that is gone is no error.
        assertThat(Probe.device(mdt, "open", "seek", 50, "read", 155))
                .last()
                .asString()
                .endsWith(" 201..201");
        mdt.deregister("cl2-robin");
        assertThat(Probe.device(mdt, "open", "read", 4096)).last().isEqualTo("read=0");
        assertThat(mdt.users()).contains("current_index: 1215");
    }

    @Test
    void aReaderThatHasBegunStillGetsWhatIsCleared() throws IOException {
        withZoo();
        try (Probe begun = Probe.onDevice(mdt, "open", "read", 155, "wait", "read", 155);
                Probe open = Probe.onDevice(mdt, "open", "wait", "read", 155)) {
            assertThat(List.of(begun.next(), begun.next(), begun.next())).last().isEqualTo("waiting");
            assertThat(List.of(open.next(), open.next())).last().isEqualTo("waiting");
            clear("cl1:0");
            begun.goOn();
            open.goOn();
            assertThat(begun.rest()).containsExactly("read=1/147 2..2");
            assertThat(open.rest()).containsExactly("read=0");
        }
    }

    @ParameterizedTest
    @CsvSource({"REFUSES, EINVAL, 'cl1 cl2 cl3'", "DESTROYS, 13, 'cl1'", "IGNORES, 13, 'cl1 cl2 cl3'"})
    void threeGenerationsOfServersTakeALowClear(FakeMdt.Generation generation, String answer, String left)
            throws IOException {
        mdt.register().register().register().load(unpacked(ZOO)).generation(generation);
        clear("cl2:100");
        assertThat(clear("cl2:99")).last().isEqualTo("write=" + answer);
        assertThat(mdt.users().lines().filter(line -> line.startsWith("cl")).map(line -> line.split(" ")[0]))
                .containsExactly(left.split(" "));
    }

    @Test
    void theUsersAreListedAsLustreDoes() throws IOException {
        mdt.register().load(unpacked(ZOO));
        assertThat(users().replace(mdt.name(), "fs-MDT0000"))
                .isEqualTo(new String(capture(Path.of("zoo", "zoo-MDT0000.users.txt")), StandardCharsets.UTF_8)
                        .replace("(319)", "(0)"));
        // A new user's mark is where the log is.
        mdt.register("robin", "UNLNK,CREAT,RENME");
        assertThat(users()).endsWith("cl2-robin                      1215 (0) mask=MARK,CREAT,UNLNK,RENME\n");
    }

    @Test
    void aRefusedUserUsesUpANumber() throws IOException {
        mdt.register("robin", "");
        assertThatThrownBy(() -> mdt.register("robin", "")).hasMessage("File exists");
        assertThatThrownBy(() -> mdt.register("x", "FOO")).hasMessage("Invalid argument");
        assertThatThrownBy(() -> mdt.register("a-name-of-17-chars", "")).hasMessage("File name too long");
        mdt.register("a-b", "");
        assertThat(mdt.users()).contains("cl5-a-b ");
        assertThatThrownBy(() -> mdt.deregister("cl4")).hasMessage("No such file or directory");
    }

    @Test
    void theMaskBelongsToTheLog() throws IOException {
        Path file = growing();
        append(file, RecordType.OPEN, 1);
        append(file, RecordType.CREAT, 2);
        await().until(() -> mdt.users().contains("current_index: 2"));
        mdt.register("all", "ALL");
        append(file, RecordType.OPEN, 3);
        await().until(() -> mdt.users().contains("current_index: 3"));
        assertThat(Probe.device(mdt, "open", "read", 4096))
                .last()
                .asString()
                .startsWith("read=2/")
                .endsWith(" 2..3");
        // Of several users only the last one's mask is in force after a restart.
        mdt.register("few", "UNLNK").restart();
        append(file, RecordType.CREAT, 4);
        append(file, RecordType.UNLNK, 5);
        await().until(() -> mdt.users().contains("current_index: 5"));
        assertThat(Probe.device(mdt, "open", "seek", 4, "read", 4096))
                .last()
                .asString()
                .endsWith(" 5..5");
    }

    @Test
    void nothingIsWrittenWithoutAUser() throws IOException {
        Path file = growing();
        append(file, 1, 1);
        await().until(() -> mdt.users().contains("current_index: 1"));
        // Not even what the log's own mask has.
        mdt.mask("ALL").deregister("cl1");
        append(file, 2, 2);
        mdt.numberRecords().register();
        append(file, 3, 3);
        await().until(() -> mdt.users().contains("current_index: 2"));
    }

    @Test
    void garbageCollectionTakesUsersAndRecords() throws IOException {
        withZoo().register().collectGarbage(1214);
        assertThat(mdt.users()).contains("cl2 ").doesNotContain("cl1 ");
        assertThat(clear("cl1:1215")).last().isEqualTo("write=ENOENT");
        assertThat(Probe.device(mdt, "open", "read", 4096)).last().isEqualTo("read=0");
    }

    @Test
    void theIndexesBeginAgainAfterARestartWithoutUsers() throws IOException {
        Path file = growing();
        mdt.numberRecords().gap(10);
        append(file, 1, 2);
        await().until(() -> mdt.users().contains("current_index: 12"));
        mdt.deregister("cl1").register().restart();
        // A user keeps them going.
        assertThat(mdt.users()).contains("current_index: 12");
        mdt.deregister("cl2").restart().register();
        assertThat(mdt.users()).contains("current_index: 0").contains("cl1 ");
        append(file, 3, 3);
        await().until(() -> mdt.users().contains("current_index: 1\n"));
    }

    /** The list as if everybody had been active just now. */
    private String users() throws IOException {
        return mdt.users().replaceAll("\\(\\d+\\)", "(0)");
    }

    private List<String> clear(String what) throws IOException {
        return Probe.device(mdt, "open-to-write", "write", "clear:" + what);
    }

    private long first() throws IOException {
        String line = Probe.device(mdt, "open", "read", 687).get(1);
        return Long.parseLong(line.replaceFirst(".* ", "").replaceFirst("\\.\\..*", ""));
    }
}

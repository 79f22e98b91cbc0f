// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileAckRepositoryTest {
    private static final LedgerKey KEY = new LedgerKey("fs-MDT0000", "cl1");

    @TempDir
    private Path folder;

    private static LedgerState state(long position) {
        return new LedgerState(
                KEY,
                "simulator:7",
                new TreeMap<>(Map.of(
                        "büro \"1\"",
                        new LedgerState.ConsumerState(position, new long[] {position + 2, position + 4}))),
                12,
                position,
                new LedgerState.LastRecord(position, 99, "[0x200000401:0x1:0x0]"));
    }

    private static void assertSame(LedgerState actual, LedgerState expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void givesBackWhatWasSavedLast() throws Exception {
        try (FileAckRepository repository = new FileAckRepository(folder)) {
            assertThat(repository.load(KEY)).isEmpty();
            repository.save(state(5));
            repository.save(state(6));
        }
        try (FileAckRepository repository = new FileAckRepository(folder)) {
            assertSame(repository.load(KEY).orElseThrow(), state(6));
        }
    }

    @Test
    void refusesAChangeOfAnyByte() {
        byte[] good = LedgerDocument.write(state(5));
        for (int at = 0; at < good.length; at++) {
            for (int flip : new int[] {1, 0x20, 0x80}) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) flip;
                assertThatThrownBy(() -> LedgerDocument.read(bad))
                        .as("byte %d", at)
                        .isInstanceOf(java.io.IOException.class);
            }
        }
    }

    @Test
    void refusesEveryTruncation() {
        byte[] good = LedgerDocument.write(state(5));
        for (int length = 0; length < good.length; length++) {
            byte[] bad = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> LedgerDocument.read(bad)).isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void refusesADocumentOfAnotherVersion() {
        assertThatThrownBy(() -> LedgerDocument.read(rewritten("\"version\":1", "\"version\":2")))
                .isInstanceOf(java.io.IOException.class)
                .hasMessage("version 2, this program reads version 1");
    }

    /** Right checksum, wrong content: nothing may be guessed, a position of 0 least of all. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"position\":5     | \"position\":\"5\"    | field 'position' is no such value: \"5\"",
                "\"position\":5     | \"position\":5.5      | field 'position' is no such value: 5.5",
                "\"cleared\":5      | \"cleared\":1e30      | field 'cleared' is no such value: 1.0E30",
                "\"clearFloor\":12, | \"x\":0,              | no field 'clearFloor'",
                "[7,9]              | {\"a\":7,\"b\":9}     | field 'ranges' is no such value: {\"a\":7,\"b\":9}",
                "[7,9]              | [7]                   | a range without an end",
                "[7,9]              | [9,7]                 | no ranges: [9,7]",
                "[7,9]              | [7,null]              | no ranges: [7,null]",
                "\"time\":99        | \"when\":99           | no field 'time'"
            })
    void refusesContentOfAnotherKind(String text, String replacement, String reason) {
        assertThatThrownBy(() -> LedgerDocument.read(rewritten(text, replacement)))
                .isInstanceOf(java.io.IOException.class)
                .hasMessage(reason);
    }

    private static byte[] rewritten(String text, String replacement) {
        String good = new String(LedgerDocument.write(state(5)), StandardCharsets.UTF_8);
        String body = good.substring(0, good.lastIndexOf(LedgerDocument.CHECKSUM_FIELD));
        assertThat(body).contains(text);
        return LedgerDocument.sealed(body.replace(text, replacement));
    }

    @Test
    void namesFileReasonAndRemedyWhenItCannotTrustIt() throws Exception {
        try (FileAckRepository repository = new FileAckRepository(folder)) {
            repository.save(state(5));
            Path file = folder.resolve("fs-MDT0000.cl1.json");
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 40));
            assertThatThrownBy(() -> repository.load(KEY))
                    .isInstanceOf(AckRepositoryException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("truncated")
                    .hasMessageContaining("startFrom=INDEX");
        }
    }

    @Test
    void refusesThePositionsOfAnotherMdt() throws Exception {
        try (FileAckRepository repository = new FileAckRepository(folder)) {
            repository.save(state(5));
            Files.copy(folder.resolve("fs-MDT0000.cl1.json"), folder.resolve("fs-MDT0001.cl1.json"));
            assertThatThrownBy(() -> repository.load(new LedgerKey("fs-MDT0001", "cl1")))
                    .isInstanceOf(AckRepositoryException.class)
                    .hasMessageContaining("fs-MDT0000");
        }
    }

    @Test
    void aCrashBeforeTheRenameLeavesTheOldState() throws Exception {
        try (FileAckRepository repository = new FileAckRepository(folder)) {
            repository.save(state(5));
            Files.write(folder.resolve("fs-MDT0000.cl1.json.new"), "half a".getBytes(StandardCharsets.UTF_8));
            assertSame(repository.load(KEY).orElseThrow(), state(5));
            repository.save(state(6));
            assertSame(repository.load(KEY).orElseThrow(), state(6));
        }
    }

    @Test
    void writesBesideTheOldState() throws Exception {
        try (FileAckRepository repository = new FileAckRepository(folder)) {
            repository.save(state(5));
            Files.createDirectory(folder.resolve("fs-MDT0000.cl1.json.new"));
            assertThatThrownBy(() -> repository.save(state(6)))
                    .isInstanceOf(AckRepositoryException.class)
                    .hasMessageContaining("nothing is cleared until that works again");
            assertSame(repository.load(KEY).orElseThrow(), state(5));
        }
    }

    @Test
    void refusesAFolderThatAnotherDaemonUses() throws Exception {
        try (FileAckRepository first = new FileAckRepository(folder)) {
            assertThat(first.load(KEY)).isEmpty();
            assertThatThrownBy(() -> new FileAckRepository(folder))
                    .isInstanceOf(AckRepositoryException.class)
                    .hasMessageContaining("in use by another daemon");
        }
        new FileAckRepository(folder).close();
    }

    @Test
    void refusesAFolderThatCannotBeMade() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> new FileAckRepository(file.resolve("state")))
                .isInstanceOf(AckRepositoryException.class)
                .hasMessageContaining("make it writable");
    }
}

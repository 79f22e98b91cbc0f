// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camellustre.changelog.RecordSize;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users give to a replay by mistake. */
class ReplayInputTest {
    private static final byte[] ZOO = Captures.content(Captures.FOLDER.resolve("zoo/zoo-MDT0000.raw-f1e-as-lfs.bin"));

    @TempDir
    Path folder;

    @Test
    void theMdtIsReadFromTheName() throws Exception {
        for (String name :
                new String[] {"fs-MDT000a.bin", "of-fs-MDT000a", "2026.fs-MDT000a.raw.gz", "fs-MDT000a-old.bin"}) {
            Path file = Files.write(folder.resolve(name), ZOO);
            assertThat(replay(file.toString()).mdts()).containsExactly("fs-MDT000a");
        }
    }

    @Test
    void aNameWithoutAnMdtIsRefused() throws Exception {
        for (String name : new String[] {"zoo.bin", "MDT0000.bin", "fs-MDT00001.bin"}) {
            Path file = Files.write(folder.resolve(name), ZOO);
            assertRefused(file.toString(), name, "does not tell the MDT", "FILE=MDT");
        }
    }

    @Test
    void theMdtThatIsGivenWins() throws Exception {
        Path file = Files.write(folder.resolve("a=b-fs-MDT0000.bin"), ZOO);

        assertThat(replay(file + "=other-fs-MDT0002").mdts()).containsExactly("other-fs-MDT0002");
        assertThat(replay(file.toString()).mdts()).containsExactly("fs-MDT0000");
        assertRefused(file + "=MDT0", "'MDT0'", "no name of an MDT");
    }

    @Test
    void twoInputsForOneMdtAreRefused() throws Exception {
        Path one = Files.write(folder.resolve("fs-MDT0000.one"), ZOO);
        Path two = Files.write(folder.resolve("fs-MDT0000.two"), ZOO);

        assertThatThrownBy(
                        () -> new ReplayProvider().create(Map.of("input", one.toString(), "input.2", two.toString())))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("fs-MDT0000")
                .hasMessageContaining(one.toString())
                .hasMessageContaining(two.toString());
    }

    @Test
    void aMissingInputIsRefused() {
        assertThatThrownBy(() -> new ReplayProvider().create(Map.of())).hasMessageContaining("no input");
        assertRefused(folder + "/fs-MDT0000.bin", "there is no file");
        assertRefused(folder + "=fs-MDT0000", "there is no file");
        assertRefused("", "names no file");
        assertThatThrownBy(() -> new ReplayProvider().create(Map.of("file", "x")))
                .hasMessageContaining("'file=x'");
    }

    @Test
    void gzipIsToldByItsContent() throws Exception {
        Path file = Files.write(folder.resolve("fs-MDT0000.bin"), gzip(ZOO));
        Path plain = Files.write(folder.resolve("fs-MDT0000.bin.gz"), ZOO);

        assertThat(content(file)).isEqualTo(ZOO);
        assertThat(content(plain)).isEqualTo(ZOO);
    }

    @Test
    void severalGzipsInOneFileAreOneInput() throws Exception {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(gzip(Arrays.copyOf(ZOO, 5_000)));
        both.writeBytes(gzip(Arrays.copyOfRange(ZOO, 5_000, ZOO.length)));

        assertThat(content(Files.write(folder.resolve("fs-MDT0000.bin.gz"), both.toByteArray())))
                .isEqualTo(ZOO);
    }

    @Test
    void anEmptyInputIsFinishedAtOnce() throws Exception {
        Path file = Files.write(folder.resolve("fs-MDT0000.bin"), new byte[0]);
        try (ChangelogSource source = replay(file.toString());
                ChangelogStream stream = source.open("fs-MDT0000", 1)) {
            assertThat(stream.finished()).isTrue();
            assertThat(source.newest("fs-MDT0000")).hasValue(0);
        }
    }

    @Test
    void anInputThatEndsInsideARecordIsRefused() throws Exception {
        Path whole = Files.write(folder.resolve("fs-MDT0000.whole"), ZOO);
        int lastRecord = 0;
        try (ChangelogSource source = replay(whole.toString());
                ChangelogStream stream = source.open("fs-MDT0000", 1_215)) {
            lastRecord = ZOO.length - stream.read(1, 1).length();
        }
        for (int cut : new int[] {lastRecord + 1, lastRecord + 20, lastRecord + 100, ZOO.length - 1}) {
            Path file = Files.write(folder.resolve("fs-MDT0000.cut"), Arrays.copyOf(ZOO, cut));
            assertRefused(file.toString(), "fs-MDT0000", "byte " + lastRecord, "ends inside a record");
            if (cut >= lastRecord + 16) {
                assertRefused(file.toString(), "index 1215");
            }
        }
        Path file = Files.write(folder.resolve("fs-MDT0000.cut"), Arrays.copyOf(ZOO, lastRecord));
        assertThat(content(file)).hasSize(lastRecord);
    }

    @Test
    void rubbishIsRefused() throws Exception {
        byte[] rubbish = new byte[100_000];
        new Random(1).nextBytes(rubbish);
        assertRefused(Files.write(folder.resolve("fs-MDT0000.bin"), rubbish).toString(), "fs-MDT0000", "byte ");
        assertRefused(
                Files.write(folder.resolve("fs-MDT0000.bin"), new byte[100_000]).toString(), "byte 0", "index 0");

        byte[] disturbed = ZOO.clone();
        Arrays.fill(disturbed, 70_000, 70_100, (byte) 0xff);
        assertRefused(
                Files.write(folder.resolve("fs-MDT0000.bin"), disturbed).toString(), "fs-MDT0000", "byte ", "index ");
    }

    @Test
    void indexesThatGoBackAreRefused() throws Exception {
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(ZOO);
        twice.writeBytes(ZOO);
        assertRefused(
                Files.write(folder.resolve("fs-MDT0000.bin"), twice.toByteArray())
                        .toString(),
                "byte " + ZOO.length,
                "after index 1215 comes 1");
    }

    @Test
    void damagedGzipIsRefused() throws Exception {
        byte[] zipped = gzip(ZOO);
        assertRefused(
                Files.write(folder.resolve("fs-MDT0000.gz"), Arrays.copyOf(zipped, zipped.length / 2))
                        .toString(),
                "fs-MDT0000",
                "damaged gzip");
        zipped[zipped.length / 2] ^= 0x55;
        zipped[zipped.length - 6] ^= 0x55;
        assertThatThrownBy(() -> replay(
                        Files.write(folder.resolve("fs-MDT0000.gz"), zipped).toString()))
                .isInstanceOf(SourceException.class);
    }

    @Test
    void aNameThatCannotBeIsRefused() throws Exception {
        ByteBuffer record = ByteBuffer.allocate(64 + 513).order(ByteOrder.LITTLE_ENDIAN);
        record.putShort((short) 513).putShort((short) 0x1000).putInt(1).putLong(1);
        assertRefused(
                Files.write(folder.resolve("fs-MDT0000.bin"), record.array()).toString(),
                "byte 0",
                "index 1",
                "513 bytes");
    }

    @Test
    void textThatIsCutIsRefusedWithItsLine() throws Exception {
        byte[] text = Captures.content(Captures.FOLDER.resolve("ipv6nid/ipv6nid-MDT0000.txt"));
        assertRefused(
                Files.write(folder.resolve("fs-MDT0000.txt"), Arrays.copyOf(text, text.length - 10))
                        .toString(),
                "fs-MDT0000",
                "line 13",
                "index 38424");
        byte[] zipped = gzip(text);
        assertRefused(
                Files.write(folder.resolve("fs-MDT0000.txt"), Arrays.copyOf(zipped, zipped.length - 20))
                        .toString(),
                "damaged gzip");
        byte[] disturbed = text.clone();
        Arrays.fill(disturbed, 400, 900, (byte) '\n');
        assertRefused(Files.write(folder.resolve("fs-MDT0000.txt"), disturbed).toString(), "fs-MDT0000", "line ");
    }

    /** At every place in the buffer. */
    @Test
    void recordsMayCrossTheBuffer() throws Exception {
        ByteBuffer content = ByteBuffer.allocate(6_000_000).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(3);
        for (long index = 1; content.remaining() > 600; index++) {
            int nameLength = random.nextInt(513);
            content.putShort((short) nameLength)
                    .putShort((short) 0x1000)
                    .putInt(1)
                    .putLong(index)
                    .putLong(0)
                    .putLong(0);
            content.position(content.position() + 32 + nameLength);
        }
        byte[] bytes = Arrays.copyOf(content.array(), content.position());

        assertThat(content(Files.write(folder.resolve("fs-MDT0000.bin"), bytes)))
                .isEqualTo(bytes);
    }

    @Test
    void deadLettersAreInOrderAndWithoutRepeats() throws Exception {
        byte[] first = Arrays.copyOf(ZOO, RecordSize.of(ZOO, 0, ZOO.length));
        byte[] second = first.clone();
        second[8] = 2;
        String lines = deadLetter(second) + deadLetter(first) + deadLetter(second);

        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        Path file = Files.writeString(folder.resolve("fs-MDT0000.dead.jsonl"), lines);
        assertThat(content(file)).isEqualTo(both);
        assertThat(content(Files.write(file, gzip(lines.getBytes(StandardCharsets.UTF_8)))))
                .isEqualTo(both);
    }

    @Test
    void otherJsonIsRefusedWithItsLine() throws Exception {
        byte[] first = Arrays.copyOf(ZOO, RecordSize.of(ZOO, 0, ZOO.length));
        Path file = folder.resolve("fs-MDT0000.jsonl");
        for (String line : new String[] {
            "{\"id\":\"fs-MDT0000/1\",\"index\":1}\n",
            "[]",
            deadLetter(Arrays.copyOf(first, first.length - 1)),
            deadLetter(Arrays.copyOf(first, first.length + 1)),
            deadLetter(first).substring(0, 60),
            "{\"raw\":{}}"
        }) {
            Files.writeString(file, deadLetter(first) + line);
            assertRefused(file.toString(), "fs-MDT0000", "line 2");
        }
    }

    private static String deadLetter(byte[] record) {
        return "{\"reason\":{\"raw\":\"AAAA\"},\"raw\":\"" + Base64.getEncoder().encodeToString(record) + "\"}\n";
    }

    @Test
    void clearsAreJudged() throws Exception {
        Path file = Files.write(folder.resolve("fs-MDT0000.bin"), ZOO);
        try (ChangelogSource source = replay(file.toString())) {
            assertThat(source.mark("fs-MDT0000", "cl7")).hasValue(0);
            source.clear("fs-MDT0000", "cl7", 500);
            source.clear("fs-MDT0000", "cl7", 500);
            source.clear("fs-MDT0000", "cl8", 2);
            for (long index : new long[] {-1, 0, 499, 1_216}) {
                assertThatThrownBy(() -> source.clear("fs-MDT0000", "cl7", index))
                        .isInstanceOf(SourceException.class)
                        .hasMessageContaining("EINVAL")
                        .hasMessageContaining("fs-MDT0000");
            }
            assertThat(source.mark("fs-MDT0000", "cl7")).hasValue(500);
            assertThatThrownBy(() -> source.open("fs-MDT0001", 1)).hasMessageContaining("ENOENT");
            try (ChangelogStream stream = source.open("fs-MDT0000", 1)) {
                assertThat(stream.read(1, 1).index(0)).as("nothing goes").isEqualTo(1);
            }
        }
    }

    @Test
    void aClosedStreamIsNotRead() throws Exception {
        Path file = Files.write(folder.resolve("fs-MDT0000.bin"), ZOO);
        ChangelogStream stream = replay(file.toString()).open("fs-MDT0000", 1);
        stream.close();
        stream.close();
        assertThatThrownBy(() -> stream.read(1, 1)).isInstanceOf(SourceException.class);
    }

    private static ChangelogSource replay(String input) throws SourceException {
        return new ReplayProvider().create(Map.of("input", input));
    }

    private static byte[] content(Path file) throws SourceException {
        try (ChangelogSource source = replay(file.toString());
                ChangelogStream stream = source.open("fs-MDT0000", 1)) {
            return Streams.bytes(Streams.take(stream, Integer.MAX_VALUE));
        }
    }

    private static void assertRefused(String input, String... parts) {
        assertThatThrownBy(() -> replay(input))
                .isInstanceOf(SourceException.class)
                .hasMessageContainingAll(parts)
                .extracting(e -> ((SourceException) e).isRetryable())
                .isEqualTo(false);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(content);
        }
        return zipped.toByteArray();
    }
}

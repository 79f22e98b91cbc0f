// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.Streams;
import io.github.camellustre.changelog.text.LfsText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayCapturesTest {

    static List<Path> binaries() throws Exception {
        List<Path> files = Captures.binary();
        assertThat(files).hasSizeGreaterThan(20);
        return files;
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void aBinaryCaptureComesByteForByte(Path file) throws Exception {
        String mdt = file.getFileName().toString().replaceAll("\\..*", "");
        try (ChangelogSource source = replay(file);
                ChangelogStream stream = source.open(mdt, 0)) {
            assertThat(source.mdts()).containsExactly(mdt);
            assertThat(stream.finished()).isFalse();
            assertThat(stream.await(Duration.ZERO)).isTrue();

            List<ChangelogRecord> records = Streams.take(stream, Integer.MAX_VALUE);

            assertThat(Streams.bytes(records)).isEqualTo(Captures.content(file));
            assertThat(records).allMatch(record -> record.mdt().equals(mdt));
            assertThat(source.newest(mdt))
                    .hasValue(records.get(records.size() - 1).index());
            assertThat(stream.finished()).isTrue();
            assertThat(stream.await(Duration.ofMillis(2))).isFalse();
        }
    }

    static List<Path> texts() throws Exception {
        List<Path> files = Captures.text();
        assertThat(files).hasSize(3);
        return files;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextCapturePrintsAsItWas(Path file) throws Exception {
        try (ChangelogSource source = replay(file);
                ChangelogStream stream = source.open(source.mdts().get(0), 0)) {
            LfsText text = new LfsText();
            Streams.take(stream, Integer.MAX_VALUE).forEach(text::append);

            assertThat(text.toByteArray()).isEqualTo(Captures.content(file));
            assertThat(stream.finished()).isTrue();
        }
    }

    @Test
    void theNumbersAreThoseOfTheirReadme() throws Exception {
        assertThat(all("zoo/zoo-MDT0000.raw-f1e-as-lfs.bin")).hasSize(1_215);
        assertThat(all("big/big-MDT0000.raw-f1e.bin.gz")).hasSize(36_818);
        assertThat(all("zoo/zoo-MDT0000.txt")).hasSize(1_215);
        assertThat(all("ipv6nid/ipv6nid-MDT0000.api-f00.bin")).hasSize(13);
    }

    @Test
    void itOpensAtAnyIndex() throws Exception {
        try (ChangelogSource source = replay(Captures.FOLDER.resolve("big/big-MDT0000.raw-f1e.bin.gz"))) {
            for (long index : new long[] {0, 1, 1_263, 1_264, 20_000, 38_080}) {
                try (ChangelogStream stream = source.open("big-MDT0000", index)) {
                    assertThat(stream.read(1, 1).index(0)).isEqualTo(Math.max(index, 1_263));
                }
            }
            try (ChangelogStream stream = source.open("big-MDT0000", 38_081)) {
                assertThat(stream.finished()).isTrue();
                assertThat(stream.read(1, 1).isEmpty()).isTrue();
            }
        }
    }

    @Test
    void aReadIsBoundedInRecordsAndBytes() throws Exception {
        try (ChangelogSource source = replay(Captures.FOLDER.resolve("zoo/zoo-MDT0000.raw-noioctl.bin"));
                ChangelogStream stream = source.open("zoo-MDT0000", 1)) {
            assertThat(stream.read(7, 1 << 20).count()).isEqualTo(7);
            assertThat(stream.read(1_000, 4_096).length()).isBetween(3_400, 4_096);
            assertThat(stream.read(1_000, 1).count()).as("at least one").isEqualTo(1);
        }
    }

    @Test
    void theIdentityIsTheDigestOfTheFile() throws Exception {
        Path file = Captures.FOLDER.resolve("big/big-MDT0000.raw-f1e.bin.gz");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        try (ChangelogSource source = replay(file)) {
            assertThat(source.identity("big-MDT0000"))
                    .isEqualTo("replay:" + HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void severalInputsAreSeveralMdts() throws Exception {
        Map<String, String> options = Map.of(
                "input", Captures.FOLDER.resolve("zoo/zoo-MDT0000.api-f00.bin") + "=fs-MDT0001",
                "input.1", Captures.FOLDER.resolve("zoo/zoo-MDT0000.api-f00.bin") + "=fs-MDT0000",
                "input.2",
                        Captures.FOLDER
                                .resolve("ipv6nid/ipv6nid-MDT0000.api-f00.bin")
                                .toString());
        try (ChangelogSource source = new ReplayProvider().create(options)) {
            assertThat(source.mdts()).containsExactly("fs-MDT0000", "fs-MDT0001", "ipv6nid-MDT0000");
        }
    }

    static ChangelogSource replay(Path file) throws Exception {
        return new ReplayProvider().create(Map.of("input", file.toString()));
    }

    private static List<ChangelogRecord> all(String file) throws Exception {
        try (ChangelogSource source = replay(Captures.FOLDER.resolve(file));
                ChangelogStream stream = source.open(source.mdts().get(0), 1)) {
            return Streams.take(stream, Integer.MAX_VALUE);
        }
    }
}

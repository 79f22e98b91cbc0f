// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.Captures;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.OpenMode;
import io.github.camellustre.changelog.RecordArbitraries;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LfsTextRoundTripTest {
    private static final byte[] ZOO = Captures.bytes("zoo/zoo-MDT0000.txt");

    @ParameterizedTest
    @MethodSource("io.github.camellustre.changelog.Captures#texts")
    void whatLustrePrintedPrintsTheSameAgain(String name) throws IOException {
        byte[] text = Captures.bytes(name);
        assertThat(printed(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        Captures.ZOO + ",zoo/zoo-MDT0000.txt",
        Captures.IPV6 + ",ipv6nid/ipv6nid-MDT0000.txt",
        Captures.BIG + ",big/big-MDT0000.txt.gz"
    })
    void onlyTheRestOfTheOpenFlagsIsLost(String binary, String text) throws IOException {
        List<ChangelogRecord> raw = Captures.records(binary);
        try (LfsTextReader reader = new LfsTextReader(Captures.MDT, new ByteArrayInputStream(Captures.bytes(text)))) {
            for (ChangelogRecord record : raw) {
                RecordBuilder carried = new RecordBuilder().from(record);
                if (record.hasOpenFlags()) {
                    carried.openFlags(mode(record.openFlags()));
                }
                assertThat(reader.next()).isEqualTo(carried.build(Captures.MDT));
            }
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void aStreamThatGivesOneByteAtATime() throws IOException {
        byte[] text = Captures.bytes("zoo/zoo-MDT0000.txt");
        InputStream dripping = new ByteArrayInputStream(text) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(1, length));
            }
        };
        assertThat(printed(dripping)).isEqualTo(text);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void anyRecordPrintsTheSameAgain(@ForAll("records") RecordBuilder record) throws IOException {
        byte[] text = LfsText.of(record.index(7).build("m"));
        assertThat(printed(text)).isEqualTo(text);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyStreamPrintsTheSameAgain(@ForAll("streams") List<RecordBuilder> records) throws IOException {
        LfsText text = new LfsText();
        long index = 4;
        for (RecordBuilder record : records) {
            text.append(record.index(++index).build("m"));
        }
        assertThat(printed(text.toByteArray())).isEqualTo(text.toByteArray());
    }

    @Property(tries = 3000)
    void damagedTextIsRefusedOrPrintsTheSame(@ForAll("damage") int at, @ForAll byte value) throws IOException {
        byte[] text = Arrays.copyOf(ZOO, 4000);
        text[at] = value;
        text[text.length - 1] = '\n';
        byte[] again;
        try {
            again = printed(text);
        } catch (RecordFormatException e) {
            return;
        }
        // The name of a type that is unknown here is the one thing that may change.
        if (!new String(again, StandardCharsets.ISO_8859_1).contains("(null)")) {
            assertThat(again).isEqualTo(text);
        }
    }

    @Provide
    Arbitrary<Integer> damage() {
        return Arbitraries.integers().between(0, 3999);
    }

    @Provide
    Arbitrary<RecordBuilder> records() {
        return RecordArbitraries.records();
    }

    @Provide
    Arbitrary<List<RecordBuilder>> streams() {
        return RecordArbitraries.records().list().ofMinSize(1).ofMaxSize(4);
    }

    private static int mode(int openFlags) {
        byte[] text = OpenMode.text(openFlags);
        return text == null ? 0 : OpenMode.parse(text, 0);
    }

    private static byte[] printed(byte[] text) throws IOException {
        return printed(new ByteArrayInputStream(text));
    }

    private static byte[] printed(InputStream text) throws IOException {
        LfsText again = new LfsText();
        try (LfsTextReader reader = new LfsTextReader("m", text)) {
            for (RecordBlock block = reader.read(50, 5000); !block.isEmpty(); block = reader.read(50, 5000)) {
                again.append(block, 0, block.count());
            }
        }
        return again.toByteArray();
    }
}

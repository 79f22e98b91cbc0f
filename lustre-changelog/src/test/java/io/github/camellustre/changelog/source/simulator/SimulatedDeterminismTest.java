// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.Streams;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SimulatedDeterminismTest {

    @Property(tries = 100)
    void anyIndexComesAgainByteForByte(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long index,
            @ForAll @IntRange(min = 1, max = 3_000) int count,
            @ForAll @IntRange(min = 1, max = 500) int atOnce)
            throws Exception {
        byte[] all;
        long before = Math.max(1, index - 1_500);
        try (ChangelogSource source = Streams.source("simulator:rate=0,mdts=4");
                ChangelogStream stream = source.open("lustre-MDT0001", before)) {
            List<ChangelogRecord> records = Streams.take(stream, (int) (index - before) + count);
            all = Streams.bytes(records.subList((int) (index - before), records.size()));
        }
        try (ChangelogSource source = Streams.source("simulator:rate=0,mdts=4,users=3");
                ChangelogStream stream = source.open("lustre-MDT0001", index)) {
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            int left = count;
            while (left > 0) {
                List<ChangelogRecord> records = Streams.take(stream, Math.min(left, atOnce));
                assertThat(records.get(0).index()).isEqualTo(index + count - left);
                again.writeBytes(Streams.bytes(records));
                left -= records.size();
            }
            assertThat(again.toByteArray()).isEqualTo(all);
        }
    }

    @Test
    void seedsAndMdtsDiffer() throws Exception {
        assertThat(digest("simulator:rate=0,seed=1", "lustre-MDT0000"))
                .isEqualTo(digest("simulator:rate=0", "lustre-MDT0000"))
                .isNotEqualTo(digest("simulator:rate=0,seed=2", "lustre-MDT0000"))
                .isNotEqualTo(digest("simulator:rate=0", "lustre-MDT0001"));
    }

    /** Positions are kept with the stream's version: whoever changes what comes must raise it, and this digest. */
    @Test
    void theStreamOfThisVersionStaysAsItIs() throws Exception {
        assertThat(SimulatorOptions.parse(Map.of()).identity()).startsWith("simulator:stream=1,");
        assertThat(digest("simulator:rate=0,mdts=3,seed=5", "lustre-MDT0002"))
                .isEqualTo("915c8bf9c62eb332ff3aba2e4e14a391303b08a53e8351dc26003be82df17638");
    }

    private static String digest(String spec, String mdt) throws Exception {
        try (ChangelogSource source = Streams.source(spec);
                ChangelogStream stream = source.open(mdt, 1)) {
            byte[] bytes = Streams.bytes(Streams.take(stream, 20_000));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        }
    }
}

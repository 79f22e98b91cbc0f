// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes, also what no server would send: no record is lost, none is in two places, and counts tell the truth. */
class WindowPropertyTest {
    private static List<ChangelogRecord> records(Random random) {
        List<ChangelogRecord> records = new ArrayList<>();
        long[] next = new long[3];
        for (int i = random.nextInt(80); i > 0; i--) {
            int mdt = random.nextInt(3);
            RecordBuilder builder = new RecordBuilder()
                    .reset(random.nextInt(27))
                    .index(++next[mdt])
                    .time(random.nextInt(40), 0)
                    .typeFlags(new int[] {0, 1, 3, 0x10}[random.nextInt(4)])
                    .target(fid(random))
                    .parent(fid(random))
                    .name(name(random));
            if (random.nextInt(3) > 0) {
                builder.rename(fid(random), fid(random)).oldName(name(random));
            }
            if (random.nextBoolean()) {
                builder.xattr("user." + name(random)).job(name(random));
            }
            records.add(builder.build("fs-MDT000" + mdt));
        }
        return records;
    }

    private static Fid fid(Random random) {
        int number = random.nextInt(6);
        return number == 0 ? Fid.ZERO : new Fid(0x200000401L, number, 0);
    }

    private static String name(Random random) {
        return "abc".substring(random.nextInt(3)).substring(0, 1);
    }

    @Property
    void everyRecordIsInOnePlace(
            @ForAll long seed,
            @ForAll Coalescing coalescing,
            @ForAll Grouping grouping,
            @ForAll GroupOrder order,
            @ForAll boolean merged) {
        List<ChangelogRecord> records = records(new Random(seed));
        WindowOptions options = new WindowOptions(coalescing, grouping, order, merged, MetadataServers.UNKNOWN);
        ChangelogWindow window = new ChangelogWindow(options);
        int half = records.size() / 2;
        window.add(ChangelogBatch.of(records.subList(0, half)));
        records.subList(half, records.size()).forEach(window::add);
        WindowResult result = window.close();
        WindowRig.assertEachIsInOnePlace(records, result);
        assertGroupsAreTheRecords(result, records.size());
        assertCountsAreTrue(result, records.size());
    }

    private static void assertGroupsAreTheRecords(WindowResult result, int received) {
        List<ChangelogRecord> grouped = new ArrayList<>();
        int came = 0;
        for (RecordGroup group : result.groups()) {
            assertThat(group.first()).isEqualTo(grouped.size());
            assertThat(group.records()).isNotEmpty();
            assertThat(group.received()).isGreaterThanOrEqualTo(group.records().size());
            grouped.addAll(group.records());
            came += group.received();
        }
        assertThat(result.records()).isEqualTo(grouped);
        assertThat(came).isLessThanOrEqualTo(received);
    }

    private static void assertCountsAreTrue(WindowResult result, int received) {
        WindowCounts counts = result.counts();
        long suppressed = 0;
        for (Suppression reason : Suppression.values()) {
            suppressed += counts.suppressed(reason);
        }
        assertThat(counts.received()).isEqualTo(received);
        assertThat(counts.kept()).isEqualTo(result.records().size()).isEqualTo(received - suppressed);
        assertThat(result.cancelled().count()).isLessThanOrEqualTo(suppressed);
    }
}

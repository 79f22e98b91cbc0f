// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.Streams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SimulatedNameSpaceTest {

    @Property(tries = 12)
    void theLogsOfAllMdtsCanBeCarriedOut(@ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int mdts)
            throws Exception {
        List<ChangelogRecord> records = new ArrayList<>();
        try (ChangelogSource source = Streams.source("simulator:rate=0,records=30000,seed=" + seed + ",mdts=" + mdts)) {
            for (String mdt : source.mdts()) {
                try (ChangelogStream stream = source.open(mdt, 1)) {
                    List<ChangelogRecord> log = Streams.take(stream, Integer.MAX_VALUE);
                    assertThat(log).hasSize(30_000);
                    assertIndexesAndTimes(log);
                    records.addAll(log);
                }
            }
        }
        records.sort(Comparator.comparing(ChangelogRecord::time));

        NameSpace nameSpace = new NameSpace("seed " + seed + ", " + mdts + " MDTs");
        records.forEach(nameSpace::apply);

        assertThat(nameSpace.size()).as("files that stay").isGreaterThan(500 * mdts);
        assertThat(nameSpace.mostEntries())
                .as("entries of the largest directory")
                .isGreaterThan(100);
    }

    private static void assertIndexesAndTimes(List<ChangelogRecord> log) {
        for (int i = 0; i < log.size(); i++) {
            assertThat(log.get(i).index()).isEqualTo(i + 1);
            assertThat(log.get(i).previousIndex()).isZero();
            assertThat(log.get(i).nanos()).isBetween(0, 999_999_999);
            if (i > 0) {
                assertThat(log.get(i).time()).isAfterOrEqualTo(log.get(i - 1).time());
            }
        }
    }
}

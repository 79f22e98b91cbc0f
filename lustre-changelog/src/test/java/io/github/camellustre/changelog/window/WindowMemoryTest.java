// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A window makes no object for a record: all that it allocates are columns, and those that they have outgrown. */
class WindowMemoryTest {
    private static final int RECORDS = 200_000;
    /** The columns themselves are less than half of it. */
    private static final int MOST_BYTES = 300;

    private static ChangelogBatch created() {
        RecordBuilder record =
                new RecordBuilder(RecordType.CREAT).parent(0x200000400L, 1, 0).name("file");
        int length = record.length();
        byte[] bytes = new byte[RECORDS * length];
        for (int i = 0; i < RECORDS; i++) {
            record.index(i + 1).target(0x200000401L, i + 1, 0).encode(bytes, i * length);
        }
        return ChangelogBatch.of(RecordBlock.frame("fs-MDT0000", bytes), 0, RECORDS);
    }

    @ParameterizedTest
    @EnumSource(Coalescing.class)
    void noObjectForARecord(Coalescing coalescing) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ChangelogBatch records = created();
        for (Grouping grouping : Arrays.asList(Grouping.FID, Grouping.PARENT)) {
            long before = thread.getCurrentThreadAllocatedBytes();
            ChangelogWindow window = new ChangelogWindow(
                    new WindowOptions(coalescing, grouping, GroupOrder.HOTTEST, false, MetadataServers.UNKNOWN));
            window.add(records);
            WindowResult result = window.close();
            long allocated = thread.getCurrentThreadAllocatedBytes() - before;
            assertThat(result.records()).hasSize(RECORDS);
            assertThat(allocated / RECORDS)
                    .as("%s, by %s", coalescing, grouping)
                    .isLessThan(MOST_BYTES);
        }
    }
}

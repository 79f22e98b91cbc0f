// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import com.sun.management.ThreadMXBean;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordBuilder;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.window.ChangelogWindow;
import io.github.camellustre.changelog.window.Coalescing;
import io.github.camellustre.changelog.window.GroupOrder;
import io.github.camellustre.changelog.window.Grouping;
import io.github.camellustre.changelog.window.MetadataServers;
import io.github.camellustre.changelog.window.WindowOptions;
import io.github.camellustre.changelog.window.WindowResult;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Records per second through windows, on one thread: added in batches of 1,000, coalesced, grouped and closed. Besides, what
 * each record costs that thread: CPU, and bytes, both what the window keeps and what it outgrew.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CoalesceBenchmark {
    private static final int BATCH = 1_000;
    private static final String MDT = "fs-MDT0000";

    /** What the records are about. */
    public enum Mix {
        /** Each of another object, in one of a thousand directories. */
        DISTINCT {
            @Override
            void write(RecordBuilder record, int number) {
                record.reset(RecordType.CREAT.number())
                        .target(0x200000401L, number, 0)
                        .parent(0x200000400L, number % 1_000, 0)
                        .name("file" + number);
            }
        },
        /** Files that are created, closed twice and given an owner, and every other one unlinked. */
        FILES {
            @Override
            void write(RecordBuilder record, int number) {
                int file = number / 5;
                RecordType[] types = {
                    RecordType.CREAT,
                    RecordType.CLOSE,
                    RecordType.SATTR,
                    RecordType.CLOSE,
                    file % 2 == 0 ? RecordType.UNLNK : RecordType.MTIME
                };
                record.reset(types[number % 5].number())
                        .target(0x200000401L, file, 0)
                        .parent(0x200000400L, file % 1_000, 0);
                if (number % 5 == 0 || number % 5 == 4) {
                    record.name("file" + file).typeFlags(number % 5 == 4 ? 1 : 0);
                }
            }
        };

        abstract void write(RecordBuilder record, int number);
    }

    /** What windows took of the thread for so many records, in all measured time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cost {
        public long allocatedBytes;
        public long cpuNanos;
        public long records;
    }

    @Param({"10000", "1000000"})
    private int size;

    @Param
    private Mix mix;

    @Param({"RESTAT", "NET_EFFECT"})
    private Coalescing coalescing;

    @Param("FID")
    private Grouping grouping;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<ChangelogBatch> batches = new ArrayList<>();

    @Setup
    public void read() {
        RecordBuilder record = new RecordBuilder();
        byte[] bytes = new byte[BATCH * RecordBuilder.MAX_RECORD];
        for (int number = 0; number < size; ) {
            int length = 0;
            for (int i = 0; i < BATCH; i++, number++) {
                mix.write(record, number);
                length += record.index(number + 1).job("dd.0").uidGid(0, 0).encode(bytes, length);
            }
            RecordBlock block = RecordBlock.frame(MDT, Arrays.copyOf(bytes, length));
            batches.add(ChangelogBatch.of(block, 0, block.count()));
        }
    }

    /** One window. */
    @Benchmark
    public WindowResult window(Cost cost) {
        long bytes = thread.getCurrentThreadAllocatedBytes();
        long nanos = thread.getCurrentThreadCpuTime();
        ChangelogWindow window = new ChangelogWindow(
                new WindowOptions(coalescing, grouping, GroupOrder.HOTTEST, false, MetadataServers.UNKNOWN));
        batches.forEach(window::add);
        WindowResult result = window.close();
        cost.cpuNanos += thread.getCurrentThreadCpuTime() - nanos;
        cost.allocatedBytes += thread.getCurrentThreadAllocatedBytes() - bytes;
        cost.records += size;
        return result;
    }
}

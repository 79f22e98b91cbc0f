// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.lcap.LcapReader;
import io.github.camellustre.lcap.wire.Start;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A reader program that acknowledges each batch when it has it, and tells how late the records came. Arguments: server, MDT,
 * and the last record that does not count for the latency: its own code is warm by then; -1 where latency is not asked for.
 */
public final class BenchReader {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private BenchReader() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        long warmUp = Long.parseLong(arguments[2]);
        Histogram latency = new Histogram(3);
        long[] count = new long[2];
        LcapReader reader = LcapReader.builder()
                .server(arguments[0])
                .mdt(arguments[1])
                .flags(Start.FOLLOW | Start.LONG_POLL | Start.EXTRA)
                .start();
        Thread reading = new Thread(() -> read(reader, warmUp, latency, count), "reading");
        reading.start();
        BenchProcess.awaitEnd();
        reader.close();
        reading.join();
        double cpu = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(spent -> spent.toNanos() / 1e9)
                .orElse(0.0);
        System.out.printf(
                "%d records in batches of %.0f, %.2f CPU-s of the reader per million%s%n",
                count[0],
                (double) count[0] / Math.max(1, count[1]),
                cpu * 1e6 / Math.max(1, count[0]),
                warmUp < 0 ? "" : "; " + ReadersBench.percentiles(latency));
    }

    private static void read(LcapReader reader, long warmUp, Histogram latency, long[] count) {
        try {
            for (ChangelogBatch batch = reader.receiveBatch(); !batch.isEmpty(); batch = reader.receiveBatch()) {
                long now = Pace.now();
                if (warmUp >= 0) {
                    for (ChangelogRecord record : batch) {
                        latency.recordValue(Math.max(0, now - nanos(record.time())));
                        if (record.index() == warmUp) {
                            latency.reset();
                        }
                    }
                }
                count[0] += batch.size();
                count[1]++;
                reader.clear();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * SECOND + time.getNano();
    }
}

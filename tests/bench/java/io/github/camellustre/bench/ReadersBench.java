// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.changelog.RecordFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One MDT through {@code lcap:} to readers in processes of their own, up to the clear. The source is a capture in memory, positions
 * are on disk. Records have rename fields and job id, as those that LCAP was measured with. CPU seconds are this process's: all that the daemon does, without the readers. The first half of a run is
 * warm-up. Arguments: records a run, and which of {@code batch two record latency}.
 */
public final class ReadersBench {
    private static final Path CAPTURE =
            Path.of(System.getProperty("captures", "captures"), "big/big-MDT0000.raw-f1e.bin.gz");
    private static final String ROUTE = """
            - route:
                id: readers
                from:
                  uri: "lustre:*?source=#captures&user=cl1&clearInterval=100&stateDirectory=%s%s"
                  steps:
                    - to: "lcap:127.0.0.1:%d/default?linger=0"
            """;
    private static final String BATCHES = "&batching=true&maxBatch=8192";

    /** An exchange that waits takes 4 KiB of heap: with the default, 65,536, half of the CPU would be the collector's. */
    private static final String RECORDS = "&maxInFlight=16384";

    /** Latency is that of processes whose code is compiled: a minute of records that come alone, then ten seconds at the rate itself. */
    private static final long WARM_UP = 60_000;

    private static final long SETTLING_SECONDS = 10;

    /** A lone record is to be with a waiting reader within so many nanoseconds. */
    private static final long PROMISED = 5_000_000;

    private ReadersBench() {}

    public static void main(String[] arguments) throws Exception {
        long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
        String which = arguments.length > 1 ? arguments[1] : "all";
        boolean all = which.equals("all");
        if (all || which.equals("batch") || which.equals("two")) {
            run("warm-up", BATCHES, records * 4, 0, 1);
            for (int round = 0; round < 3; round++) {
                Measure one = run("lcap: batching=true, one reader", BATCHES, records * 8, 0, 1);
                Measure two = run("lcap: batching=true, two readers", BATCHES, records * 8, 0, 2);
                write(String.format(
                        "CPU of the daemon with two readers: %.2f times that with one",
                        two.cpuSecondsPerMillion() / one.cpuSecondsPerMillion()));
            }
        }
        if (all || which.equals("record")) {
            run("warm-up", RECORDS, records / 2, 0, 1);
            run("lcap: one exchange a record, one reader", RECORDS, records, 0, 1);
        }
        if (all || which.equals("latency")) {
            write("idle threads that wake one another, 20/s: " + percentiles(Relay.run(1_000, 20)));
            run("lcap: 20 records/s", BATCHES, settled(20) + 1_000, 20, 1);
            run("lcap: 1,000 records/s", BATCHES, settled(1_000) + 30_000, 1_000, 1);
            run("lcap: 100,000 records/s", BATCHES, settled(100_000) + 3_000_000, 100_000, 1);
        }
        write("heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, peak resident size "
                + Measure.peakResidentMiB(Path.of("/proc/self/status")) + " MiB");
    }

    /** The last record that does not count. */
    private static long settled(long rate) {
        return WARM_UP + SETTLING_SECONDS * rate;
    }

    /** @param rate records per second after {@link #WARM_UP} records, or 0: all are there at once */
    private static Measure run(String name, String options, long count, long rate, int readers) throws Exception {
        int port = BenchRoute.freePort();
        Pace pace = rate == 0 ? Pace.ENDLESS : Pace.of(rate, WARM_UP, settled(rate));
        CaptureLoop source = new CaptureLoop(CAPTURE, count, pace, RecordFormat.JOB_ID);
        List<BenchProcess> processes = new ArrayList<>();
        try (BenchRoute route = new BenchRoute(source, count, ROUTE, options, port)) {
            for (int i = 0; i < readers; i++) {
                processes.add(BenchProcess.start(
                        BenchReader.class,
                        "tcp://127.0.0.1:" + port,
                        CaptureLoop.MDT,
                        Long.toString(rate == 0 ? -1 : settled(rate))));
            }
            Measure measure = route.run(name);
            write(measure + String.format(", %.0f bytes each", source.bytesPerRecord()));
            for (BenchProcess process : processes) {
                write("    " + process.summary());
            }
            if (rate > 0) {
                write("    of it before the record was read: " + percentiles(source.lateness()));
            }
            return measure;
        }
    }

    static String percentiles(Histogram nanos) {
        return String.format(
                "p50 %.2f ms, p99 %.2f ms, p999 %.2f ms, at most %.2f ms, %d of %d more than %d ms",
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getValueAtPercentile(99.9) / 1e6,
                nanos.getMaxValue() / 1e6,
                nanos.getCountBetweenValues(PROMISED, Long.MAX_VALUE),
                nanos.getTotalCount(),
                PROMISED / 1_000_000);
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.RecordType;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.camel.Processor;

/**
 * What windows cost up to the acknowledgement: a filter by type, windows of 10,000 records, restat, grouped by directory, the
 * hottest first; one exchange a record, and batches. Then one window of a million records with as many FIDs. Arguments:
 * records a run, and which of {@code record batch million}.
 */
public final class WindowBench {
    private static final Path CAPTURE =
            Path.of(System.getProperty("captures", "captures"), "big/big-MDT0000.raw-f1e.bin.gz");
    private static final String TYPES =
            "CREAT,MKDIR,HLINK,SLINK,MKNOD,UNLNK,RMDIR,RENME,CLOSE,LYOUT,TRUNC,SATTR,XATTR,HSM,MTIME";
    private static final String ROUTE = """
            - beans:
                - name: filter
                  type: io.github.camellustre.component.lustre.RecordFilterProcessor
                  properties: {filter: "type=%2$s"}
                - name: window
                  type: io.github.camellustre.component.lustre.window.LustreWindow
                  properties: {coalesce: restat, group: parent, order: hottest, size: %3$d, maxDelay: 10m}
            - route:
                id: bench
                from:
                  uri: "lustre:*?source=#captures&user=cl1&clearInterval=100&stateDirectory=%1$s%4$s"
                  steps:
                    - process: {ref: filter}
                    - aggregate:
                        correlationExpression: {constant: all}
                        aggregationStrategy: window
                        steps:
                          - process: {ref: sink}
            """;
    private static final String BATCHES = "&batching=true&maxBatch=8192";
    private static final String MILLION = "&maxInFlight=1100000&maxInFlightBytes=400000000";

    private final AtomicLong kept = new AtomicLong();
    private final Processor sink = exchange ->
            kept.addAndGet(exchange.getMessage().getBody(ChangelogBatch.class).size());

    private WindowBench() {}

    public static void main(String[] arguments) throws Exception {
        long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
        String which = arguments.length > 1 ? arguments[1] : "all";
        WindowBench bench = new WindowBench();
        boolean all = which.equals("all");
        if (all || which.equals("record")) {
            bench.run("warm-up", records / 2, "");
            bench.run("window: one exchange a record", records, "");
        }
        if (all || which.equals("batch")) {
            bench.run("warm-up", records, BATCHES);
            bench.run("window: batching=true", records * 4, BATCHES);
        }
        if (all || which.equals("million")) {
            bench.million();
        }
        write("heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, peak resident size "
                + Measure.peakResidentMiB(Path.of("/proc/self/status")) + " MiB");
    }

    private void run(String name, long count, String options) throws Exception {
        CaptureLoop source = new CaptureLoop(CAPTURE, count);
        try (BenchRoute route = new BenchRoute(source, count, ROUTE, TYPES, 10_000, options).bind("sink", sink)) {
            write(route.run(name).toString());
        }
    }

    private void million() throws Exception {
        int count = 1_000_000;
        CaptureLoop source = new CaptureLoop(CAPTURE, count).ofDistinctFiles();
        String all = RecordType.known().stream().map(RecordType::toString).collect(Collectors.joining(","));
        try (BenchRoute route = new BenchRoute(source, count, ROUTE, all, count, BATCHES + MILLION)
                .bind("sink", sink)
                .maxMemory(300_000_000)) {
            write(route.runWhole("one window of 1,000,000 FIDs").toString());
        }
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }
}

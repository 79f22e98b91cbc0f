// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.component.lustre.LustreComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * What a record costs from the source to its acknowledgement: one exchange a record, the same route without Lustre, and
 * batches; then each with a sink that is slow. Arguments: records a run, and which of {@code record plain batch slow}.
 */
public final class RouteBench {
    private static final String STEPS = """
                      - filter:
                          simple: "${header.CamelLustreType} == 'CREAT'"
                          steps:
                            - aggregate:
                                correlationExpression: {constant: "true"}
                                completionSize: 1000
                                completionTimeout: 100
                                completionTimeoutCheckerInterval: 50
                                aggregationStrategy: "#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy"
                                steps:
                                  - process: {ref: sink}
            """;
    private static final String RECORD_ROUTE = """
            - route:
                id: bench
                from:
                  uri: "lustre:*?source=#captures&user=cl1&clearInterval=100&stateDirectory=%s%s"
                  steps:
            """ + STEPS;
    private static final String PLAIN_ROUTE = """
            - route:
                id: bench
                from:
                  uri: "plain:records"
                  steps:
            """ + STEPS;
    private static final String BATCH_ROUTE = """
            - route:
                id: bench
                from:
                  uri: "lustre:*?source=#captures&user=cl1&clearInterval=100&stateDirectory=%s&batching=true%s"
                  steps:
                    - process: {ref: sink}
            """;

    private static final Path CAPTURE =
            Path.of(System.getProperty("captures", "captures"), "big/big-MDT0000.raw-f1e.bin.gz");

    private final long records;
    private final AtomicLong delivered = new AtomicLong();

    private RouteBench(long records) {
        this.records = records;
    }

    public static void main(String[] arguments) throws Exception {
        long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
        String which = arguments.length > 1 ? arguments[1] : "all";
        RouteBench bench = new RouteBench(records);
        boolean all = which.equals("all");
        if (all || which.equals("record")) {
            bench.compare();
        }
        if (all || which.equals("batch")) {
            bench.lustre("warm-up", BATCH_ROUTE, "", records, null);
            print(bench.lustre("lustre: batching=true", BATCH_ROUTE, "", records * 4, null));
        }
        if (all || which.equals("slow")) {
            Processor slow = exchange -> TimeUnit.MILLISECONDS.sleep(20);
            print(bench.lustre("one exchange a record, sink takes 20 ms", RECORD_ROUTE, "", records / 5, slow));
            print(bench.lustre("batching=true, sink takes 20 ms", BATCH_ROUTE, "", records / 5, slow));
        }
        write("heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, peak resident size "
                + Measure.peakResidentMiB(Path.of("/proc/self/status")) + " MiB");
    }

    private void compare() throws Exception {
        lustre("warm-up", RECORD_ROUTE, "", records, null);
        plain("warm-up");
        double[] ratios = new double[5];
        for (int round = 0; round < ratios.length; round++) {
            Measure plain = plain("the same route without Lustre");
            Measure lustre = lustre("lustre: one exchange a record", RECORD_ROUTE, "", records, null);
            print(plain);
            print(lustre);
            ratios[round] = lustre.recordsPerSecond() / plain.recordsPerSecond();
        }
        Arrays.sort(ratios);
        write(String.format(
                "ratio of the two: median %.2f, from %.2f to %.2f",
                ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1]));
    }

    private Measure lustre(String name, String route, String options, long count, Processor sink) throws Exception {
        Path state = Files.createTempDirectory("bench-state");
        CaptureLoop source = new CaptureLoop(CAPTURE, count);
        try (DefaultCamelContext context = context(sink)) {
            context.getRegistry().bind("captures", source);
            load(context, route.formatted(state, options));
            return Measure.of(name, count, () -> {
                context.start();
                LustreComponent lustre = context.getComponent("lustre", LustreComponent.class);
                while (!lustre.isComplete()) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                if (source.cleared() != count) {
                    throw new IllegalStateException("cleared " + source.cleared() + " of " + count);
                }
            });
        }
    }

    private Measure plain(String name) throws Exception {
        PlainComponent plain = new PlainComponent(new CaptureLoop(CAPTURE, records).open(CaptureLoop.MDT, 1));
        try (DefaultCamelContext context = context(null)) {
            context.addComponent("plain", plain);
            load(context, PLAIN_ROUTE);
            return Measure.of(name, records, () -> {
                context.start();
                plain.run();
            });
        }
    }

    private DefaultCamelContext context(Processor sink) {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.getRegistry().bind("sink", sink != null ? sink : (Processor) exchange -> delivered.incrementAndGet());
        return context;
    }

    private static void load(DefaultCamelContext context, String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("bench.camel.yaml", yaml));
    }

    private static void print(Measure measure) {
        write(measure.toString());
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.bench;

import io.github.camellustre.changelog.RecordFormat;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * One MDT published to three subscribers in another process, with nothing dropped: in batches with a topic for each MDT and
 * type, and with a message for each record. The rate is that of each subscriber. Arguments: records a run, and which of
 * {@code batch record}.
 */
public final class PublishBench {
    private static final Path CAPTURE =
            Path.of(System.getProperty("captures", "captures"), "big/big-MDT0000.raw-f1e.bin.gz");
    private static final String FROM = """
            - route:
                id: publish
                from:
                  uri: "lustre:*"
                  parameters:
                    source: "#captures"
                    user: cl1
                    clearInterval: 100
                    stateDirectory: "%s"
            """;
    private static final String TO = """
            - convertBodyTo: {type: "byte[]"}
            - to:
                uri: "zeromq:tcp://127.0.0.1:%d"
                parameters:
                  socketType: PUB
                  bind: true
                  noDrop: true
                  sendHwm: %d
                  topic: "${header.CamelLustreMdt}/${header.CamelLustreType}"
            """;
    private static final String BATCHES = FROM + """
                    batching: true
                    maxBatch: 4096
                  steps:
                    - split:
                        expression: {ref: lustreByType}
                        steps:
            """ + TO.indent(14);
    private static final String RECORDS = FROM + """
                  steps:
            """ + TO.indent(8);

    private PublishBench() {}

    public static void main(String[] arguments) throws Exception {
        long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
        String which = arguments.length > 1 ? arguments[1] : "all";
        boolean all = which.equals("all");
        if (all || which.equals("batch")) {
            run("warm-up", BATCHES, records * 4, 50);
            run("publish: batches by MDT and type, 3 subscribers", BATCHES, records * 8, 50);
        }
        if (all || which.equals("record")) {
            run("warm-up", RECORDS, records / 2, 10_000);
            run("publish: a message a record, 3 subscribers", RECORDS, records, 10_000);
        }
    }

    private static void run(String name, String yaml, long count, int queue) throws Exception {
        int port = BenchRoute.freePort();
        // nothing is published before subscribers are there: they are connected while the first record is awaited
        CaptureLoop source =
                new CaptureLoop(CAPTURE, count, Pace.after(TimeUnit.SECONDS.toNanos(3)), RecordFormat.JOB_ID);
        try (BenchRoute route = new BenchRoute(source, count, yaml, port, queue)) {
            BenchProcess subscribers = BenchProcess.start(BenchSubscribers.class, "tcp://127.0.0.1:" + port, "3");
            write(route.run(name).toString());
            write("    of " + count + " each subscriber received " + subscribers.summary());
        }
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }
}

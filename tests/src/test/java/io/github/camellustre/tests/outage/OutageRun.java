// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import io.github.camellustre.tests.elastic.SearchServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A sink in trouble under a steady source, with the packed daemon before it: what its operator reads, what arrives, and what the
 * trouble costs the daemon. A row of a table for each outage; stops with 1 if a record is lost or the daemon does not catch up.
 */
final class OutageRun {
    private static final int WARM_UP = 10;
    private static final int HEALTHY = 10;

    /** Seconds of the source that may be under way when the trouble begins: a sink that is cold is behind at first. */
    private static final long SETTLED = 4;

    private static final int PATIENCE = 900;

    /** Exit code of a daemon whose sink had not answered yet when it had to stop: what was in flight comes again. */
    private static final int IN_FLIGHT = 3;

    private final Path home;
    private final Path folder;
    private final int seconds;

    private OutageRun(Path home, Path folder, int seconds) {
        this.home = home;
        this.folder = folder;
        this.seconds = seconds;
    }

    /** Arguments: the project, an empty folder, seconds of each outage, the sink, outages (none: all that it can have). */
    public static void main(String[] arguments) throws Exception {
        OutageRun run = new OutageRun(
                Path.of(arguments[0]), Path.of(arguments[1]).toAbsolutePath(), Integer.parseInt(arguments[2]));
        String sink = arguments[3];
        Set<Outage> outages = EnumSet.noneOf(Outage.class);
        for (int argument = 4; argument < arguments.length; argument++) {
            outages.add(Outage.valueOf(arguments[argument]));
        }
        write("| Fault | The log says | Status line | Log lines | Stored | Cleared | Lost | Dead letters | Twice |"
                + " CPU s/s before | in the fault | Peak MiB | Caught up s |");
        write("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        long lost = 0;
        for (Outage outage : Outage.values()) {
            if (outages.isEmpty() || outages.contains(outage)) {
                lost += run.row(sink, outage);
            }
        }
        if (lost > 0) {
            throw new IllegalStateException(lost + " records are lost");
        }
    }

    private Sink sink(String name, Path own) throws IOException {
        return switch (name) {
            case SearchServer.ELASTICSEARCH, SearchServer.OPENSEARCH ->
                new SearchSink(home.resolve("tests/servers"), name, own);
            case "elasticsearch-cluster" ->
                new ClusterSink(home.resolve("tests/servers"), SearchServer.ELASTICSEARCH, own, 1);
            case "elasticsearch-two-copies" ->
                new ClusterSink(home.resolve("tests/servers"), SearchServer.ELASTICSEARCH, own, 2);
            case "opensearch-cluster" ->
                new ClusterSink(home.resolve("tests/servers"), SearchServer.OPENSEARCH, own, 1);
            case "opensearch-two-copies" ->
                new ClusterSink(home.resolve("tests/servers"), SearchServer.OPENSEARCH, own, 2);
            case "http" -> new WebSink(home.resolve("tests/sinks/WebService.java"), own);
            case "archive" -> new ArchiveSink(own);
            case "kafka" -> new KafkaSink(own);
            case "kafka-cluster" -> new KafkaClusterSink(own);
            case "syslog" -> new SyslogSink(own);
            default ->
                throw new IllegalArgumentException(name
                        + ": elasticsearch, opensearch, kafka, one of them with -cluster or, but kafka, -two-copies behind"
                        + " it, http, archive or syslog");
        };
    }

    /** @return records that are lost, of which the policy promises that they are not */
    private long row(String name, Outage outage) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name).resolve(outage.toString()));
        try (Sink sink = sink(name, own)) {
            if (!sink.outages().contains(outage)) {
                return 0;
            }
            sink.start(outage);
            String source = "simulator:seed=1,mdts=2,rate=" + sink.rate();
            try (ObservedDaemon daemon =
                    ObservedDaemon.start(home, own, sink.policy(), source, sink.settings(outage))) {
                return row(sink, outage, daemon);
            }
        }
    }

    private long row(Sink sink, Outage outage, ObservedDaemon daemon) throws Exception {
        daemon.await(() -> daemon.clearedEverywhere() > 0, PATIENCE);
        TimeUnit.SECONDS.sleep(WARM_UP);
        daemon.await(() -> daemon.lag() < SETTLED * sink.rate(), PATIENCE);
        double before = cpu(daemon, HEALTHY);
        long usual = daemon.lag();
        int logged = daemon.log().size();

        Trouble trouble = Trouble.begin(sink, outage);
        double during = cpu(daemon, seconds);
        List<String> all = daemon.log();
        List<String> log = all.subList(logged, all.size());
        String status = String.join("<br>", daemon.status().values());

        trouble.end();
        long mended = System.nanoTime();
        daemon.await(() -> daemon.lag() < 2 * (usual + sink.rate()), PATIENCE);
        long caughtUp = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - mended);
        long peak = daemon.peak();
        int exit = daemon.stop();
        if (exit != 0 && exit != IN_FLIGHT) {
            throw new IllegalStateException("the daemon ends with " + exit + ": " + daemon.log());
        }

        Tally dead = daemon.dead(sink.policy());
        Tally stored = sink.stored();
        long cleared = 0;
        long lost = 0;
        for (Map.Entry<String, Long> mdt : daemon.cleared().entrySet()) {
            cleared += mdt.getValue();
            lost += stored.missing(mdt.getKey(), mdt.getValue(), dead);
        }
        write(String.format(
                "| %s | %s | `%s` | %d | %d | %d | %d | %d | %d | %.2f | %.2f | %d | %d |",
                outage.toString().toLowerCase(Locale.ROOT).replace('_', ' '),
                said(log),
                status,
                log.size(),
                stored.distinct(),
                cleared,
                lost,
                dead.distinct(),
                stored.repeats(),
                before,
                during,
                peak,
                caughtUp));
        return sink.policy().equals("syslog") ? 0 : lost;
    }

    /** CPU seconds of the daemon per second, over so many. */
    private static double cpu(ObservedDaemon daemon, int over) throws InterruptedException {
        double cpu = daemon.cpu();
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(over);
        return (daemon.cpu() - cpu) / ((System.nanoTime() - start) / 1e9);
    }

    /** The first warning and the first error, without their time. */
    private static String said(List<String> log) {
        List<String> said = new ArrayList<>();
        for (String level : List.of(" WARN ", " ERROR ")) {
            log.stream()
                    .filter(line -> line.contains(level))
                    .findFirst()
                    .ifPresent(line ->
                            said.add("`" + line.substring(line.indexOf(' ') + 1).strip() + "`"));
        }
        return said.isEmpty() ? "-" : String.join("<br>", said);
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }
}

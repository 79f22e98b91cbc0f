// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.outage;

import io.github.camellustre.tests.elastic.SearchServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One MDT under a steady source → readers of an lcap group, a real Elasticsearch and an archive; the Elasticsearch is killed and
 * stays away for minutes. What the others get meanwhile, what holds the clear and where one sees it, and whether all adds up.
 * Stops with 1 where it does not.
 */
final class CombineRun {
    private static final String MDT = "lustre-MDT0000";
    private static final int RATE = 1_000;
    private static final int IN_FLIGHT = 65_536;
    /** What may be read in one step with the last record below the bound. */
    private static final int STEP = 20_000;

    private static final int HEALTHY = 20;
    private static final int SAMPLE = 15;
    private static final int PATIENCE = 900;

    private final Path home;
    private final Path folder;
    private final List<Process> readers = new ArrayList<>();

    private CombineRun(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** Arguments: the project, an empty folder, minutes for which the Elasticsearch is down. */
    public static void main(String[] arguments) throws Exception {
        CombineRun run =
                new CombineRun(Path.of(arguments[0]), Path.of(arguments[1]).toAbsolutePath());
        try {
            run.all(Integer.parseInt(arguments[2]));
        } finally {
            run.readers.forEach(Process::destroyForcibly);
        }
    }

    private void all(int minutes) throws Exception {
        String lcap = "127.0.0.1:" + SearchServer.freePort();
        try (SearchServer server = SearchServer.at(home.resolve("tests/servers"), SearchServer.ELASTICSEARCH, folder)) {
            server.start();
            List<String> settings = List.of(
                    "elasticsearch.url=" + server.url(),
                    "elasticsearch.template=true",
                    "lcap.address=" + lcap,
                    "archive.maxFileSize=16M",
                    "camel.main.jmxEnabled=true");
            try (ObservedDaemon daemon = ObservedDaemon.start(
                    home, folder, "lcap,elasticsearch,archive", "simulator:seed=1,mdts=1,rate=" + RATE, settings)) {
                read(lcap, "reader1");
                read(lcap, "reader2");
                downAndUp(server, daemon, minutes);
            }
        }
    }

    private void downAndUp(SearchServer server, ObservedDaemon daemon, int minutes) throws Exception {
        daemon.await(() -> daemon.clearedEverywhere() > 0, PATIENCE);
        sample(daemon, HEALTHY);
        long usual = daemon.lag();
        server.kill();
        write("Elasticsearch is killed");
        sample(daemon, minutes * 60);
        long cleared = daemon.clearedEverywhere();
        write("log: " + last(daemon.log()));
        write("health: " + daemon.health("lustre-elasticsearch"));
        write("log lines in all: " + daemon.log().size());
        ahead("readers", read().distinct() - cleared);
        ahead("archive", archived().distinct() - cleared);

        server.start();
        write("Elasticsearch is back");
        long back = System.nanoTime();
        daemon.await(() -> daemon.lag() < 2 * (usual + RATE), PATIENCE);
        write(String.format("caught up after %d s", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - back)));
        write("health: " + daemon.health("lustre-elasticsearch"));
        write(String.format("resident at most %d MiB", daemon.peak()));
        require(daemon.stop() == 0, "the daemon does not end well");
        long last = daemon.cleared().get(MDT);
        Tally indexed = new Tally();
        server.forEach("lustre-*", false, (id, hit) -> {
            indexed.add(id);
            indexed.repeated(hit.path("_version").asLong() - 1);
        });
        addsUp("Elasticsearch", indexed, last);
        addsUp("archive", archived(), last);
        addsUp("readers", read(), last);
    }

    /** What it says of itself, again and again for so long. */
    private static void sample(ObservedDaemon daemon, int seconds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(Math.min(SAMPLE, 1 + TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime())));
            write(String.format("%s, CPU %.1f s, peak %d MiB", daemon.status().get(MDT), daemon.cpu(), daemon.peak()));
        }
    }

    private static String last(List<String> log) {
        return log.stream()
                .filter(line -> line.contains("consumer 'elasticsearch' failed"))
                .reduce("nothing", (before, line) -> line);
    }

    private void ahead(String who, long records) {
        write(who + ": ahead of what is cleared by " + records);
        require(records <= IN_FLIGHT + STEP, who + " got more than the bound allows");
    }

    private void addsUp(String where, Tally tally, long last) {
        long missing = tally.missing(MDT, last, new Tally());
        write(String.format(
                "%s: %d, cleared %d, missing %d, twice %d", where, tally.distinct(), last, missing, tally.repeats()));
        require(missing == 0, where + " lacks records");
    }

    private static void require(boolean held, String otherwise) {
        if (!held) {
            throw new IllegalStateException(otherwise);
        }
    }

    private void read(String server, String name) throws IOException {
        readers.add(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Dcamellustre.home=" + home,
                        "-jar",
                        home.resolve("runtime/target/camel-lustre.jar").toString(),
                        "read",
                        "--server=tcp://" + server,
                        "--mdt=" + MDT,
                        "--form=json",
                        "--follow")
                .redirectOutput(folder.resolve(name + ".jsonl").toFile())
                .redirectError(folder.resolve(name + ".log").toFile())
                .start());
    }

    private Tally read() throws IOException {
        Tally read = new Tally();
        read.addLines(folder.resolve("reader1.jsonl"));
        read.addLines(folder.resolve("reader2.jsonl"));
        return read;
    }

    private Tally archived() throws IOException {
        return ArchiveSink.stored(folder.resolve("data/archive"));
    }

    @SuppressWarnings("SystemOut")
    private static void write(String line) {
        System.out.println(line);
    }
}

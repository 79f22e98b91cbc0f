// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.policies.ZmqReader.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All policies at once on one MDT, with readers in other processes: what was sent, received, filtered, acknowledged and cleared
 * adds up. The table goes to {@code target/policies.md}; that in docs/policies.md is a copy.
 */
class AllPoliciesTest {
    private static final int RECORDS = 6_000;
    private static final String MDT = "lustre-MDT0000";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WANTED = "type=CREAT,MKDIR,RENME,UNLNK,RMDIR";

    @TempDir
    Path folder;

    private final List<ZmqReader> readers = new ArrayList<>();
    private final Map<String, String> addresses = new TreeMap<>();
    private final List<String> table = new ArrayList<>();

    @Test
    void whatIsSentReceivedFilteredAcknowledgedAndClearedAddsUp() throws Exception {
        ZmqReader all = reader("publish.address", "SUB", "--topic", "");
        ZmqReader removed = reader("publishFiltered.address", "SUB", "--topic", "removed");
        List<ZmqReader> turns = List.of(reader("loadBalance.reader1", "PULL"), reader("loadBalance.reader2", "PULL"));
        List<ZmqReader> weighted =
                List.of(reader("loadBalanceWeighted.reader1", "PULL"), reader("loadBalanceWeighted.reader2", "PULL"));
        List<ZmqReader> confirming =
                List.of(reader("loadBalanceFailover.reader1", "REP"), reader("loadBalanceFailover.reader2", "REP"));
        String lcap = FreePort.address().substring("tcp://".length());
        addresses.put("lcap.address", lcap);
        try (WebService service = WebService.start(0, (number, lines) -> WebService.OK);
                DaemonProcess one = lcapReader(lcap);
                DaemonProcess two = lcapReader(lcap)) {
            addresses.put("http.url", service.url());
            String[] ends = run();
            String out = ends[0];
            assertThat(out).contains(MDT + " position " + RECORDS + " cleared " + RECORDS);

            List<String> written = Files.readAllLines(folder.resolve("data/out/" + MDT + ".jsonl"));
            Set<String> ids = ids(written);
            assertThat(ids).hasSize(RECORDS);
            row(out, "file", written.size(), 0);
            row(out, "http", distinct(service.lines(), ids), 0);
            row(out, "replicate", distinct(Files.readAllLines(replicated()), ids), 0);

            row(out, "load-balance", distinct(json(turns), ids), 0);
            row(out, "load-balance-weighted", distinct(json(weighted), ids), 0);
            row(out, "load-balance-failover", distinct(json(confirming), ids), 0);

            Counts counts = Counts.of(ends[1]);
            List<String> read =
                    Stream.concat(one.out().lines(), two.out().lines()).toList();
            assertThat(ids).containsAll(ids(read));
            assertThat(ids(read)).hasSize(counts.acknowledged());
            row(out, "lcap", counts.acknowledged(), counts.filtered());
            assertThat(counts.acknowledged() + counts.filtered()).isEqualTo(RECORDS);

            subscribed(out, "publish", all, written);
            subscribed(
                    out,
                    "publish-filtered",
                    removed,
                    written.stream()
                            .filter(line -> line.contains("\"type\":\"UNLNK\"") || line.contains("\"type\":\"RMDIR\""))
                            .toList());
        } finally {
            readers.forEach(ZmqReader::close);
        }
        Files.write(Path.of("target/policies.md"), table);
    }

    private ZmqReader reader(String property, String type, String... options) throws Exception {
        String address = FreePort.address();
        addresses.put(property, address);
        List<String> arguments = new ArrayList<>(List.of(type, address));
        arguments.addAll(List.of(options));
        ZmqReader reader = ZmqReader.start(folder, arguments.toArray(String[]::new));
        readers.add(reader);
        return reader;
    }

    private DaemonProcess lcapReader(String server) {
        return DaemonProcess.start(
                folder,
                "read",
                "--server",
                "tcp://" + server,
                "--mdt",
                MDT,
                "--filter",
                WANTED,
                "--form",
                "json",
                "--batch",
                "50",
                "--follow");
    }

    /** @return standard output and standard error */
    private String[] run() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--policies",
                "file,http,replicate,load-balance,load-balance-weighted,load-balance-failover,lcap,publish,publish-filtered",
                "--source",
                "simulator:mdts=1,seed=1,rate=2000,records=" + RECORDS,
                "--set",
                "lustre.maxBatch=100",
                "--set",
                "publish.queue=100000",
                "--set",
                "replicate.recipients=lustre-lines:data/replicate?form=json"));
        addresses.forEach((property, address) -> arguments.addAll(List.of("--set", property + "=" + address)));
        try (DaemonProcess daemon = DaemonProcess.start(folder, arguments.toArray(String[]::new))) {
            assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
            return new String[] {daemon.out(), daemon.err()};
        }
    }

    private Path replicated() {
        return folder.resolve("data/replicate/" + MDT + ".jsonl");
    }

    /** How many records came; all of them must have. */
    private static int distinct(List<String> lines, Set<String> expected) {
        assertThat(ids(lines)).isEqualTo(expected);
        return expected.size();
    }

    private static Set<String> ids(List<String> lines) {
        Set<String> ids = new HashSet<>();
        lines.forEach(line -> ids.add(new Line(0, "", line).id()));
        return ids;
    }

    private static List<String> json(List<ZmqReader> readers) {
        return readers.stream()
                .flatMap(reader -> reader.lines().stream())
                .map(Line::json)
                .toList();
    }

    /** A subscriber has everything from its first record on; before that it was not there. */
    private void subscribed(String out, String policy, ZmqReader reader, List<String> wanted) {
        String last = new Line(0, "", wanted.get(wanted.size() - 1)).id();
        await().atMost(PATIENCE)
                .until(() -> reader.lines().stream().anyMatch(line -> line.id().equals(last)));
        Set<String> came = ids(json(List.of(reader)));
        long first = reader.lines().stream().mapToLong(Line::index).min().orElseThrow();
        List<String> there = wanted.stream()
                .filter(line -> new Line(0, "", line).index() >= first)
                .toList();
        assertThat(came).isEqualTo(ids(there)).hasSizeGreaterThan(wanted.size() / 4);
        int nobody = wanted.size() - there.size();
        table.add(String.format(
                "| `%s` | %d | %d, and %d before it was there | %d | %d | %d |",
                policy, delivered(out, policy), came.size(), nobody, RECORDS - wanted.size(), RECORDS, RECORDS));
    }

    private void row(String out, String policy, int received, int filtered) {
        assertThat(received + filtered).isEqualTo(RECORDS);
        table.add(String.format(
                "| `%s` | %d | %d | %d | %d | %d |",
                policy, delivered(out, policy), received, filtered, RECORDS, RECORDS));
    }

    /** What the daemon says at its end: it has handed over so many, repeats included, and nothing is left. */
    private static int delivered(String out, String policy) {
        Matcher end = Pattern.compile("  " + policy + " position " + RECORDS + " delivered (\\d+) left 0")
                .matcher(out);
        assertThat(end.find()).as(policy + " in " + out).isTrue();
        return Integer.parseInt(end.group(1));
    }

    /** What the server of the lcap group says at its end. */
    private record Counts(int filtered, int acknowledged) {
        private static final Pattern SUMMARY =
                Pattern.compile("offered (\\d+), .*filtered (\\d+), acknowledged (\\d+)");

        static Counts of(String log) {
            Matcher summary = SUMMARY.matcher(log);
            assertThat(summary.find()).as(log).isTrue();
            assertThat(summary.group(1)).isEqualTo(Integer.toString(RECORDS));
            return new Counts(Integer.parseInt(summary.group(2)), Integer.parseInt(summary.group(3)));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.runtime.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of an lcap group, a real Elasticsearch and an archive on one MDT; the Elasticsearch is down for a while. */
class CombineTest {
    private static final Path SERVERS = Path.of("servers").toAbsolutePath();
    private static final String MDT = "lustre-MDT0000";
    private static final int RECORDS = 10_000;
    private static final int IN_FLIGHT = 1_500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void whatIsDownHoldsTheOthersOnlyAtTheBoundAndCatchesUp() throws Exception {
        String lcap = "127.0.0.1:" + SearchServer.freePort();
        try (SearchServer server = SearchServer.at(SERVERS, SearchServer.ELASTICSEARCH, folder);
                DaemonProcess one = reader(lcap);
                DaemonProcess two = reader(lcap)) {
            BulkRun run = new BulkRun(folder, "elasticsearch", server.url())
                    .beside("lcap,archive")
                    .property("lcap.address", lcap)
                    .set("maxBatch", "100")
                    .set("timeout", "60000")
                    .property("archive.maxFileAge", "0")
                    .property("camellustre.status.interval", "200ms")
                    .property("camel.component.lustre.maxInFlight", Integer.toString(IN_FLIGHT))
                    .simulator("mdts=1,rate=0,records=" + RECORDS);
            downAndUp(server, run, one, two);
        }
    }

    private void downAndUp(SearchServer server, BulkRun run, DaemonProcess one, DaemonProcess two) throws Exception {
        try (DaemonProcess daemon = run.start()) {
            await().atMost(PATIENCE)
                    .until(() -> read(one, two).size() >= IN_FLIGHT
                            && archived().size() >= IN_FLIGHT
                            && daemon.err()
                                    .contains(MDT + ": consumer 'elasticsearch' failed at index 1 (failure 3 of it)")
                            && daemon.out().contains(" cleared 0 lag " + RECORDS + " elasticsearch=BACKING_OFF at 1"));
            // what was read in one step with the last record below the bound comes, too
            assertThat(archived()).hasSizeLessThan(2 * IN_FLIGHT);
            assertThat(read(one, two)).hasSizeLessThan(2 * IN_FLIGHT);
            assertThat(run.cleared(MDT)).isZero();

            server.start();
            await().atMost(PATIENCE).until(() -> !daemon.isAlive());
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertThat(run.cleared(MDT)).isEqualTo(RECORDS);
            assertThat(archived()).hasSize(RECORDS).doesNotHaveDuplicates();
            assertThat(read(one, two)).hasSize(RECORDS).doesNotHaveDuplicates();
            Set<String> all = new HashSet<>(archived());
            assertThat(new HashSet<>(read(one, two))).isEqualTo(all);
            assertThat(server.documents("lustre-*").keySet()).isEqualTo(all);
        }
    }

    private DaemonProcess reader(String server) {
        return DaemonProcess.start(
                folder,
                "read",
                "--server",
                "tcp://" + server,
                "--mdt",
                MDT,
                "--form",
                "json",
                "--batch",
                "50",
                "--follow");
    }

    private static List<String> read(DaemonProcess one, DaemonProcess two) {
        List<String> ids = new ArrayList<>(ids(one.out()));
        ids.addAll(ids(two.out()));
        return ids;
    }

    private List<String> archived() throws IOException {
        Path growing = folder.resolve("data/archive/." + MDT + ".jsonl");
        return Files.exists(growing) ? ids(Files.readString(growing)) : List.of();
    }

    /** Of whole lines. */
    private static List<String> ids(String lines) {
        return lines.lines()
                .filter(line -> line.startsWith("{\"id\":\"") && line.endsWith("}"))
                .map(line -> line.substring(7, line.indexOf('"', 7)))
                .toList();
    }
}

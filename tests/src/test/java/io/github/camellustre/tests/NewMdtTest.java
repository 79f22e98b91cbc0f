// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.runtime.DaemonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An MDT that is added to the file system while the daemon runs is read from its first record on. */
class NewMdtTest {

    @Test
    void anMdtThatAppearsIsReadToo(@TempDir Path folder) throws Exception {
        Path hidden = Files.createDirectories(folder.resolve("journal")).resolve("lustre-MDT0001.hidden");
        Files.createFile(hidden);
        Path out = folder.resolve("data/out");
        try (DaemonProcess daemon = DaemonProcess.start(
                folder,
                "run",
                "--source",
                "witness:mdts=2,rate=1000,data=simulated,journal=journal",
                "--user",
                "cl1",
                "--set",
                "camel.component.lustre.discoveryInterval=100ms",
                "--set",
                "camellustre.status.interval=100ms")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> Outputs.size(out, "lustre-MDT0000") > 0);
            assertThat(daemon.out()).doesNotContain("lustre-MDT0001");
            Files.delete(hidden);
            await().atMost(Duration.ofSeconds(30)).until(() -> Outputs.size(out, "lustre-MDT0001") > 0);
            daemon.terminate();
            assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
        }
        for (String mdt : new String[] {"lustre-MDT0000", "lustre-MDT0001"}) {
            long[] indexes = Outputs.indexes(out, mdt);
            assertThat(indexes)
                    .isEqualTo(LongStream.rangeClosed(1, indexes.length).toArray());
        }
    }
}

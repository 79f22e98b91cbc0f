// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.runtime.DaemonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Camel's route reload, through the daemon: a policy that is edited while records flow loses none and repeats none. */
class PolicyReloadTest {
    private static final String MDT = "lustre-MDT0000";

    @TempDir
    Path folder;

    /** At once, as an editor does: half a file must not be read. */
    private void write(String policy) throws Exception {
        Path file = folder.resolve("routes/file.camel.yaml");
        Path fresh = Files.writeString(folder.resolve("fresh"), policy);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path out(String name) {
        return folder.resolve("data").resolve(name);
    }

    private void awaitRecordsIn(String name) {
        await().atMost(Duration.ofSeconds(30)).until(() -> Outputs.size(out(name), MDT) > 0);
    }

    @Test
    void aPolicyMayBeEditedWhileRecordsFlow() throws Exception {
        String policy = Files.readString(Path.of("..", "routes", "file.camel.yaml"));
        Files.createDirectories(folder.resolve("routes"));
        write(policy);
        try (DaemonProcess daemon = DaemonProcess.startIn(
                folder,
                folder,
                "run",
                "--source",
                "simulator:mdts=1,rate=5000",
                "--set",
                "camel.main.routes-reload-enabled=true",
                "--set",
                "camel.main.routes-reload-directory=" + folder.resolve("routes"),
                "--set",
                "camellustre.status.interval=100ms")) {
            awaitRecordsIn("out");
            write(policy.replace("{{camellustre.data}}/out", "{{camellustre.data}}/out2"));
            awaitRecordsIn("out2");
            write(policy.replace("batching: true", "batchin: true"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> daemon.err().contains("Unknown parameters=[{batchin=true}]"));
            await().until(() -> daemon.out().contains("file=SUSPENDED"));
            write(policy.replace("{{camellustre.data}}/out", "{{camellustre.data}}/out3"));
            awaitRecordsIn("out3");
            daemon.terminate();
            assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
        }
        long[] indexes = LongStream.concat(
                        LongStream.concat(
                                LongStream.of(Outputs.indexes(out("out"), MDT)),
                                LongStream.of(Outputs.indexes(out("out2"), MDT))),
                        LongStream.of(Outputs.indexes(out("out3"), MDT)))
                .toArray();
        assertThat(indexes).isEqualTo(LongStream.rangeClosed(1, indexes.length).toArray());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.runtime.DaemonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy file with small files: they are named after their first record, sort by it, and together hold everything. */
class RotationTest {
    private static final String MDT = "lustre-MDT0000";

    @Test
    void rotatedFilesHoldEverythingUnderTheIndexOfTheirFirstRecord(@TempDir Path folder) throws Exception {
        DaemonProcess daemon = DaemonProcess.run(
                folder,
                "run",
                "--source",
                "simulator:mdts=1,rate=0,records=20000",
                "--set",
                "lines.maxFileSize=500K",
                "--set",
                "camel.component.lustre.maxInFlight=500");
        assertThat(daemon.exitCode()).as(daemon.err()).isZero();
        Path out = folder.resolve("data/out");
        List<Path> files;
        try (Stream<Path> all = Files.list(out)) {
            files = all.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(5).endsWith(out.resolve(MDT + ".jsonl"));
        for (Path file : files.subList(0, files.size() - 1)) {
            assertThat(Files.size(file)).isBetween(500L << 10, 800L << 10);
            long first = Outputs.index(Files.readAllLines(file).get(0));
            assertThat(file.getFileName()).hasToString(MDT + String.format("-%020d.jsonl", first));
        }
        assertThat(Outputs.indexes(out, MDT))
                .isEqualTo(LongStream.rangeClosed(1, 20_000).toArray());
    }
}

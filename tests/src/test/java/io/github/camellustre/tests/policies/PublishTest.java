// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.runtime.DaemonProcess;
import io.github.camellustre.tests.policies.ZmqReader.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies publish and publish-filtered beside policy file, whose files tell what there was to receive. */
class PublishTest {
    private static final String SOURCE = "simulator:mdts=2,records=6000,rate=3000,seed=1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void subscribersGetTheTopicsTheyAskForFromTheirFirstRecordOn() throws Exception {
        String address = FreePort.address();
        try (ZmqReader all = ZmqReader.start(folder, "SUB", address, "--topic", "");
                ZmqReader one = ZmqReader.start(folder, "SUB", address, "--topic", "lustre-MDT0000/");
                ZmqReader removals = ZmqReader.start(folder, "SUB", address, "--topic", "lustre-MDT0001/UNLNK")) {
            run("publish,file", "publish.address=" + address, "publish.queue=100000", "lustre.maxBatch=100");

            assertReceived(all, record -> true);
            assertReceived(one, record -> record.mdt().equals("lustre-MDT0000"));
            assertReceived(removals, record -> record.mdt().equals("lustre-MDT0001") && isType(record, "UNLNK"));
            assertThat(all.lines()).allSatisfy(line -> {
                assertThat(line.topic()).startsWith(line.mdt() + "/");
                assertThat(isType(line, line.topic().substring(line.topic().indexOf('/') + 1)))
                        .isTrue();
            });
        }
    }

    @Test
    void aMessageForEachRecordIfAskedFor() throws Exception {
        String address = FreePort.address();
        try (ZmqReader all = ZmqReader.start(folder, "SUB", address, "--topic", "")) {
            run("publish,file", "publish.address=" + address, "publish.queue=100000", "publish.batching=false");

            assertReceived(all, record -> true);
            assertThat(all.lines()).extracting(Line::message).doesNotHaveDuplicates();
        }
    }

    @Test
    void eachSubscriptionGetsWhatItsFilterWants() throws Exception {
        String address = FreePort.address();
        String directory = "[0x20000040b:0x4:0x0]";
        try (ZmqReader removed = ZmqReader.start(folder, "SUB", address, "--topic", "removed");
                ZmqReader job = ZmqReader.start(folder, "SUB", address, "--topic", "job");
                ZmqReader user = ZmqReader.start(folder, "SUB", address, "--topic", "user");
                ZmqReader datasets = ZmqReader.start(folder, "SUB", address, "--topic", "datasets");
                ZmqReader entries = ZmqReader.start(folder, "SUB", address, "--topic", "directory")) {
            run(
                    "publish-filtered,file",
                    "publishFiltered.address=" + address,
                    "publishFiltered.queue=100000",
                    "publishFiltered.job=lfs.0",
                    "publishFiltered.uid=1001",
                    "publishFiltered.directory=" + directory);

            assertReceived(removed, record -> isType(record, "UNLNK") || isType(record, "RMDIR"));
            assertReceived(job, record -> record.json().contains("\"jobId\":\"lfs.0\""));
            assertReceived(user, record -> record.json().contains("\"uid\":1001,"));
            assertReceived(datasets, record -> record.json().matches(".*\"name\":\"[^\"]*\\.(h5|nc)\".*"));
            assertReceived(entries, record -> record.json().contains("\"parent\":\"" + directory + "\""));
        }
    }

    private static boolean isType(Line record, String type) {
        return record.json().contains(",\"type\":\"" + type + "\",");
    }

    private void run(String policies, String... settings) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--policies", policies, "--source", SOURCE, "--data", "data"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        try (DaemonProcess daemon = DaemonProcess.run(folder, arguments.toArray(String[]::new))) {
            assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
        }
    }

    /** Of each MDT, everything wanted from the first record that came on: what was published before was nobody's. */
    private void assertReceived(ZmqReader reader, Predicate<Line> wanted) throws IOException {
        for (String mdt : List.of("lustre-MDT0000", "lustre-MDT0001")) {
            List<Line> there = written(mdt).filter(wanted).toList();
            if (there.isEmpty()) {
                assertThat(reader.lines()).noneMatch(line -> line.mdt().equals(mdt));
                continue;
            }
            String last = there.get(there.size() - 1).id();
            await().atMost(PATIENCE)
                    .until(() ->
                            reader.lines().stream().anyMatch(line -> line.id().equals(last)));
            List<Long> came = reader.lines().stream()
                    .filter(line -> line.mdt().equals(mdt))
                    .map(Line::index)
                    .sorted()
                    .toList();
            assertThat(came)
                    .isEqualTo(there.stream()
                            .map(Line::index)
                            .filter(index -> index >= came.get(0))
                            .toList());
            assertThat(came).hasSizeGreaterThan(there.size() / 4);
        }
    }

    private Stream<Line> written(String mdt) throws IOException {
        return Files.readAllLines(folder.resolve("data/out/" + mdt + ".jsonl")).stream()
                .map(json -> new Line(0, "", json));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.runtime.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy replicate beside policy file, whose files tell what there was to be copied. */
class ReplicateTest {
    private static final List<String> MDTS = List.of("lustre-MDT0000", "lustre-MDT0001");

    @TempDir
    Path folder;

    @Test
    void recipientsAreComputedForEachRecord() throws Exception {
        String recipients = "lustre-lines:data/all?form=json"
                + ";lustre-lines:data/${header.CamelLustreMdt}/${header.CamelLustreType}?form=json"
                + ";${iif(${header.CamelLustreType} in 'UNLNK,RMDIR',lustre-lines:data/gone?form=json,${null})}";
        try (DaemonProcess daemon = start("replicate.recipients=" + recipients)) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
        }
        for (String mdt : MDTS) {
            List<String> written = lines("out", mdt);
            assertThat(written).hasSize(3_000);
            assertThat(lines("all", mdt)).isEqualTo(written);
            assertThat(lines("gone", mdt))
                    .isNotEmpty()
                    .isEqualTo(written.stream()
                            .filter(line -> type(line).matches("UNLNK|RMDIR"))
                            .toList());
            Map<String, List<String>> byType = new TreeMap<>();
            written.forEach(line ->
                    byType.computeIfAbsent(type(line), any -> new ArrayList<>()).add(line));
            assertThat(byType).hasSizeGreaterThan(10);
            for (String type : byType.keySet()) {
                assertThat(lines(mdt + "/" + type, mdt)).isEqualTo(byType.get(type));
            }
        }
    }

    @Test
    void whatNobodyWantsIsDelivered() throws Exception {
        try (DaemonProcess daemon = start("replicate.recipients=${null}")) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertThat(daemon.out()).contains("replicate position 3000 delivered 3000 left 0");
        }
    }

    @Test
    void aRecipientThatIsDownHoldsThePolicyAndNoOther() throws Exception {
        Path blocked = Files.createDirectories(folder.resolve("data")).resolve("down");
        Files.createFile(blocked);
        String recipients = "lustre-lines:data/all?form=json;lustre-lines:data/down?form=json";
        try (DaemonProcess daemon = start("replicate.recipients=" + recipients, "lustre.maxRedeliveries=-1")) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> daemon.err().contains("consumer 'replicate' failed at index 1 (failure 3 of it)"));
            for (String mdt : MDTS) {
                await().untilAsserted(() -> assertThat(lines("out", mdt)).hasSize(3_000));
            }
            Files.delete(blocked);
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            assertThat(daemon.out()).contains("replicate position 3000 delivered 3000 left 0");
        }
        for (String mdt : MDTS) {
            assertThat(lines("down", mdt)).isEqualTo(lines("out", mdt));
            assertThat(lines("all", mdt)).containsAll(lines("out", mdt));
        }
    }

    /** What the policy's header says of other forms: a route of the operator's that marshals and sends. */
    @Test
    void aReaderProgramAmongTheRecipients() throws Exception {
        String address = FreePort.address();
        Path routes = Files.createDirectories(folder.resolve("home/routes"));
        Files.writeString(routes.resolve("archive.camel.yaml"), """
                - route:
                    id: archive
                    from:
                      uri: direct:archive
                      steps:
                        - marshal: {custom: {ref: lustre}}
                        - to: "zeromq:%s?socketType=PUSH&bind=true"
                """.formatted(address));
        String recipients = "lustre-lines:data/all?form=json"
                + ";${iif(${header.CamelLustreType} in 'UNLNK,RMDIR',direct:archive,${null})}";
        try (ZmqReader archive = ZmqReader.start(folder, "PULL", address);
                DaemonProcess daemon = startIn(
                        folder.resolve("home"), "replicate,file,archive", "replicate.recipients=" + recipients)) {
            assertThat(daemon.exitCode()).as(daemon.err()).isZero();
            for (String mdt : MDTS) {
                List<String> removals = lines("out", mdt).stream()
                        .filter(line -> type(line).matches("UNLNK|RMDIR"))
                        .toList();
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(archive.lines().stream()
                                        .filter(line -> line.mdt().equals(mdt))
                                        .map(ZmqReader.Line::json))
                                .containsExactlyElementsOf(removals));
                assertThat(lines("all", mdt)).isEqualTo(lines("out", mdt));
            }
        }
    }

    private DaemonProcess start(String... settings) {
        return startIn(null, "replicate,file", settings);
    }

    private DaemonProcess startIn(Path home, String policies, String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--policies", policies, "--source", "simulator:mdts=2,rate=0,records=3000"));
        arguments.addAll(List.of("--set", "camel.component.lustre.redeliveryDelay=50ms"));
        arguments.addAll(List.of("--set", "camel.component.lustre.maxRedeliveryDelay=200ms"));
        List.of(settings).forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return DaemonProcess.startIn(folder, home, arguments.toArray(String[]::new));
    }

    private List<String> lines(String place, String mdt) throws IOException {
        return Files.readAllLines(folder.resolve("data").resolve(place).resolve(mdt + ".jsonl"));
    }

    private static String type(String json) {
        int from = json.indexOf("\"type\":\"") + 8;
        return json.substring(from, json.indexOf('"', from));
    }
}

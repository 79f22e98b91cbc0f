// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.SourceSpec;
import io.github.camellustre.changelog.text.LfsText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever was captured from a real Lustre or simulated: replayed, read from the device or through the library, it is the same. */
class DoorsCapturesTest extends FakeLustreTestbed {
    private static final int VERSION = 0x10;

    static List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "captures"))) {
            return files.filter(file -> file.toString().contains(".bin"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void areTheSameThroughEveryDoor(Path capture) throws Exception {
        Path plain = unpacked(capture);
        mdt.load(plain);
        try (ChangelogSource replay = new SourceSpec("replay", Map.of("input", plain + "=" + mdt.name())).create();
                ChangelogSource device = Door.DEVICE.open(lustre);
                ChangelogSource llapi = Door.LLAPI.open(lustre)) {
            List<ChangelogRecord> played = Door.toEnd(replay, mdt.name(), 0);
            List<ChangelogRecord> read = Door.toEnd(device, mdt.name(), 0);
            List<ChangelogRecord> received = Door.toEnd(llapi, mdt.name(), 0);
            assertThat(played).hasSizeGreaterThan(10);
            if (hasNewNids(capture)) {
                assertThat(read).isEqualTo(played);
            }
            assertThat(read).hasSameSizeAs(played);
            assertThat(received).hasSameSizeAs(played);
            for (int i = 0; i < played.size(); i++) {
                assertThat(withVersion(received.get(i))).isEqualTo(withVersion(read.get(i)));
                assertThat(text(read.get(i))).isEqualTo(text(played.get(i)));
            }
        }
    }

    @Test
    void whatTheSimulatorWritesIsTheSameThroughEveryDoor() throws Exception {
        String name = "lustre-MDT0000";
        Map<String, String> options =
                Map.of("mdts", "1", "records", "5000", "rate", "0", "data", folder + "/simulator");
        Path written = folder.resolve("simulated.bin");
        lustre.mdt(name).mask("ALL").register().follow(Files.createFile(written));
        try (ChangelogSource simulator = new SourceSpec("simulator", options).create();
                ChangelogSource device = Door.DEVICE.open(lustre);
                ChangelogSource llapi = Door.LLAPI.open(lustre)) {
            List<ChangelogRecord> made = Door.toEnd(simulator, name, 0);
            for (ChangelogRecord record : made) {
                Files.write(written, record.toByteArray(), StandardOpenOption.APPEND);
            }
            List<String> texts = made.stream().map(DoorsCapturesTest::text).toList();
            assertThat(texts).hasSize(5_000);
            assertThat(Door.toEnd(device, name, 0))
                    .extracting(DoorsCapturesTest::text)
                    .isEqualTo(texts);
            assertThat(Door.toEnd(llapi, name, 0))
                    .extracting(DoorsCapturesTest::text)
                    .isEqualTo(texts);
        }
    }

    /** The form that the device is asked for. Another one becomes it in the fake device. */
    private static boolean hasNewNids(Path capture) {
        return capture.toString().contains("f1e") || capture.toString().contains("nidbe");
    }

    /** Only the library marks renames with the version bit. */
    private static byte[] withVersion(ChangelogRecord record) {
        byte[] bytes = record.toByteArray();
        bytes[3] |= VERSION;
        return bytes;
    }

    /** Without what the form of the NID changes: its bit, and an IPv6 address, which the old form cannot hold. */
    private static String text(ChangelogRecord record) {
        String text = new String(LfsText.of(record), StandardCharsets.ISO_8859_1);
        return text.replaceAll(" ef=0x[0-9a-f]+", "").replaceAll(" nid=(fd77::2@tcp2|0@<0:0>)", "");
    }
}

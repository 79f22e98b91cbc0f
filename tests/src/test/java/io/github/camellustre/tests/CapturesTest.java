// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.runtime.DaemonProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: everything that was captured from a real Lustre goes through the daemon, each file as an MDT. */
class CapturesTest {
    private static final Path CAPTURES =
            Path.of("..", "captures").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    /** MDT by capture. */
    private static final Map<Path, String> MDTS = new LinkedHashMap<>();

    @BeforeAll
    static void replayAll() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--policies", "file,text"));
        try (Stream<Path> files = Files.walk(CAPTURES)) {
            for (Path file : files.filter(CapturesTest::isCapture).sorted().toList()) {
                String mdt = String.format("fs-MDT%04x", MDTS.size());
                MDTS.put(file, mdt);
                arguments.addAll(List.of("--input", file + "=" + mdt));
            }
        }
        DaemonProcess daemon = DaemonProcess.run(folder, arguments.toArray(String[]::new));
        assertThat(daemon.exitCode()).as(daemon.out() + daemon.err()).isZero();
        assertThat(daemon.out()).contains("Everything is delivered, acknowledged and cleared.");
    }

    private static boolean isCapture(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.gz$", "");
        return name.endsWith(".bin") || name.endsWith(".txt") && !name.endsWith(".users.txt");
    }

    private static Path out() {
        return folder.resolve("data/out");
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream plain = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(plain) : plain) {
            return in.readAllBytes();
        }
    }

    private static boolean isBinary(Path file) {
        return file.toString().contains(".bin");
    }

    /** The text that Lustre printed for the same records. */
    private static byte[] lustreText(Path capture) throws IOException {
        String set = capture.getFileName().toString().replaceFirst("\\..*", "");
        Path plain = capture.resolveSibling(set + ".txt");
        return bytes(Files.exists(plain) ? plain : capture.resolveSibling(set + ".txt.gz"));
    }

    @Test
    void thereAreAllSets() {
        assertThat(MDTS.keySet().stream().filter(CapturesTest::isBinary)).hasSizeGreaterThanOrEqualTo(25);
        assertThat(MDTS.keySet().stream().filter(file -> !isBinary(file))).hasSize(3);
    }

    @Test
    void everyRecordArrivesOnceAndInOrder() throws Exception {
        for (Map.Entry<Path, String> each : MDTS.entrySet()) {
            if (isBinary(each.getKey())) {
                RecordBlock block = RecordBlock.frame(each.getValue(), bytes(each.getKey()));
                long[] indexes = LongStream.range(0, block.count())
                        .map(i -> block.index((int) i))
                        .toArray();
                assertThat(Outputs.indexes(out(), each.getValue()))
                        .as(each.getKey().toString())
                        .isEqualTo(indexes);
            }
        }
    }

    @Test
    void theTextIsThatOfLustreByteForByte() throws Exception {
        int compared = 0;
        for (Map.Entry<Path, String> each : MDTS.entrySet()) {
            if (each.getKey().toString().contains(".raw-f1e") || !isBinary(each.getKey())) {
                assertThat(Files.readAllBytes(out().resolve(each.getValue() + ".txt")))
                        .as(each.getKey().toString())
                        .isEqualTo(lustreText(each.getKey()));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(6);
    }

    @Test
    void allVariantsAreTheSameRecordsAsFarAsTheyCarryTheFields() throws Exception {
        for (Map.Entry<Path, String> full : MDTS.entrySet()) {
            if (!full.getKey().toString().contains(".raw-f1e")) {
                continue;
            }
            List<String> expected = Outputs.lines(out(), full.getValue());
            for (Map.Entry<Path, String> variant : MDTS.entrySet()) {
                if (variant.getKey().getParent().equals(full.getKey().getParent()) && isBinary(variant.getKey())) {
                    compare(variant.getKey(), expected, Outputs.lines(out(), variant.getValue()));
                }
            }
        }
    }

    private static void compare(Path variant, List<String> expected, List<String> lines) throws IOException {
        assertThat(lines).as(variant.toString()).hasSameSizeAs(expected);
        boolean oldNids =
                !variant.toString().contains("nidbe") && !variant.toString().contains("f1e");
        for (int i = 0; i < lines.size(); i++) {
            JsonNode full = JSON.readTree(expected.get(i));
            JsonNode line = JSON.readTree(lines.get(i));
            for (var field : line.properties()) {
                boolean own = field.getKey().equals("id") || field.getKey().equals("mdt");
                boolean cannot = field.getKey().equals("nid")
                        && oldNids
                        && variant.toString().contains("ipv6");
                if (!own && !cannot) {
                    assertThat(field.getValue())
                            .as("%s of record %d of %s", field.getKey(), i, variant)
                            .isEqualTo(full.get(field.getKey()));
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camellustre.component.Captures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are seen only when they are complete, by size or by time, and compressed then. */
class CompleteFilesTest {
    private static final String FIRST = "fs-MDT0000-00000000000000000001.jsonl";
    private static final String GROWING = ".fs-MDT0000.jsonl";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private interface Step {
        void run() throws IOException;
    }

    private void during(String options, Step step) throws IOException {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            camel.getEndpoint("lustre-lines:" + directory + options)
                    .createProducer()
                    .start();
            step.run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(String options, long... indexes) throws IOException {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            for (long index : indexes) {
                camel.createProducerTemplate().sendBody("lustre-lines:" + directory + options, Captures.zoo(index));
            }
        }
    }

    private static byte[] line(long index) throws IOException {
        return Encoded.of(LineForm.json, List.of(Captures.zoo(index)));
    }

    private List<String> visible() {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theGrowingFileIsNotSeen() throws IOException {
        send("?onlyComplete=true&maxFileSize=1", 1);
        assertThat(visible()).isEmpty();
        assertThat(directory.resolve(GROWING)).hasBinaryContent(line(1));
        send("?onlyComplete=true&maxFileSize=1", 2);
        assertThat(visible()).containsExactly(FIRST);
        assertThat(directory.resolve(FIRST)).hasBinaryContent(line(1));
        assertThat(directory.resolve(GROWING)).hasBinaryContent(line(2));
    }

    @Test
    void aFileIsCompleteWhenItsPeriodIsOverThoughNothingIsAppended() throws IOException {
        String options = "?onlyComplete=true&maxFileAge=1h";
        send(options, 1);
        Files.setLastModifiedTime(
                directory.resolve(GROWING), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        during(options, () -> await().atMost(PATIENCE).until(() -> visible().equals(List.of(FIRST))));
        assertThat(directory.resolve(FIRST)).hasBinaryContent(line(1));
    }

    @Test
    void anAppendInALaterPeriodBeginsANewFile() throws IOException {
        send("?maxFileAge=1d", 1);
        Files.setLastModifiedTime(
                directory.resolve("fs-MDT0000.jsonl"),
                FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        send("?maxFileAge=1d", 2);
        assertThat(visible()).containsExactly(FIRST, "fs-MDT0000.jsonl");
        assertThat(directory.resolve(FIRST)).hasBinaryContent(line(1));
    }

    @Test
    void completeFilesAreCompressedAndNotSeenBefore() throws IOException {
        String options = "?gzip=true&onlyComplete=true&maxFileSize=1";
        send(options, 1, 2);
        during(options, () -> await().atMost(PATIENCE).until(() -> visible().equals(List.of(FIRST + ".gz"))));
        assertThat(unzipped(directory.resolve(FIRST + ".gz"))).isEqualTo(line(1));
        assertThat(directory.resolve("." + FIRST)).doesNotExist();
    }

    @Test
    void whatACrashInterruptedIsDoneAgain() throws IOException {
        String options = "?gzip=true&maxFileSize=1G";
        Files.write(directory.resolve("." + FIRST), line(1));
        Files.write(directory.resolve("." + FIRST + ".gz.part"), new byte[5_000]);
        String second = FIRST.replace("1.jsonl", "2.jsonl");
        Files.write(directory.resolve("." + second), line(2));
        Files.write(directory.resolve(second + ".gz"), zipped(line(2)));
        during(
                options,
                () -> await().atMost(PATIENCE)
                        .until(() -> visible().equals(List.of(FIRST + ".gz", second + ".gz"))
                                && !Files.exists(directory.resolve("." + second))));
        assertThat(unzipped(directory.resolve(FIRST + ".gz"))).isEqualTo(line(1));
        assertThat(unzipped(directory.resolve(second + ".gz"))).isEqualTo(line(2));
        assertThat(directory.resolve("." + FIRST + ".gz.part")).doesNotExist();
    }

    @Test
    void aNameThatACompressedFileHasIsNotTakenAgain() throws IOException {
        Files.write(directory.resolve(FIRST + ".gz"), zipped(line(1)));
        String options = "?gzip=true&onlyComplete=true&maxFileSize=1";
        send(options, 1, 2);
        String next = FIRST.replace(".jsonl", "_001.jsonl.gz");
        during(options, () -> await().atMost(PATIENCE).until(() -> visible().equals(List.of(FIRST + ".gz", next))));
    }

    @Test
    void aFileThatWouldNeverBeCompleteIsRefused() {
        assertThatThrownBy(() -> send("?onlyComplete=true", 1))
                .hasStackTraceContaining("set maxFileSize or maxFileAge");
        assertThatThrownBy(() -> send("?gzip=true", 1)).hasStackTraceContaining("set maxFileSize or maxFileAge");
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static byte[] unzipped(Path file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            return in.readAllBytes();
        }
    }
}
